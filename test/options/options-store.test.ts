import { beforeEach, describe, expect, it } from 'vitest';
import type { Configuration } from '../../src/core/model/configuration.ts';
import { newResource } from '../../src/options/draft.ts';
import { createOptionsStore, type OptionsStore } from '../../src/options/options-store.ts';

let kept: unknown;
let refuses: boolean;
let store: OptionsStore;

beforeEach(async () => {
  kept = { trustedIssuers: ['https://login.example'] };
  refuses = false;
  store = createOptionsStore({
    read: async () => kept,
    write: async (configuration: Configuration) => {
      if (refuses) throw new Error('the disk is full');
      kept = configuration;
    },
  });
  await store.load();
});

const type = (trustedIssuers: string): void => {
  store.draft.value = { ...store.draft.value, trustedIssuers };
};

describe('saving', () => {
  it('keeps what is right, and leaves the form as it is', async () => {
    expect(store.isChanged.value).toBe(false);
    type('https://login.example\n');
    expect(store.isChanged.value).toBe(false);
    type('https://other.example\n\n');
    expect(store.isChanged.value).toBe(true);
    const draft = store.draft.value;
    expect(await store.save()).toBe(true);
    expect(kept).toMatchObject({ trustedIssuers: ['https://other.example'] });
    expect(store.isChanged.value).toBe(false);
    expect(store.draft.value).toBe(draft);
    expect(store.notice.value?.tone).toBe('done');
  });

  it('is refused where something is wrong: then all of it is shown', async () => {
    store.draft.value = { ...store.draft.value, resources: [newResource()] };
    expect(store.isTouched('resources[0].host')).toBe(false);
    expect(await store.save()).toBe(false);
    expect(kept).toEqual({ trustedIssuers: ['https://login.example'] });
    expect(store.isTouched('resources[0].host')).toBe(true);
    expect(store.problems.value.map(({ path }) => path)).toEqual([
      'resources[0].host',
      'resources[0].audiences',
    ]);
  });

  it('that fails says why, and forgets nothing', async () => {
    refuses = true;
    type('https://other.example');
    expect(await store.save()).toBe(false);
    expect(store.notice.value?.text).toBe('It could not be saved: the disk is full');
    expect(store.isChanged.value).toBe(true);
  });

  it('what is not saved can be discarded', () => {
    type('https://other.example');
    store.discard();
    expect(store.draft.value.trustedIssuers).toBe('https://login.example');
    expect(store.isChanged.value).toBe(false);
  });
});

describe('importing', () => {
  it('refuses a file with mistakes, lists them, and changes nothing', async () => {
    await store.importFile('x.json', '{ "strict": 1, "clents": [] }');
    expect(store.notice.value).toEqual({
      tone: 'refused',
      text: 'x.json was not imported: 2 mistakes in it. Nothing has changed.',
      lines: [
        'strict: expected true or false, found 1',
        'clents: unknown key "clents": did you mean "clients"?',
      ],
    });
    expect(kept).toEqual({ trustedIssuers: ['https://login.example'] });
  });

  it('takes a right one at once; undoing brings back what was there, saved or not', async () => {
    type('https://unsaved.example');
    await store.importFile('x.json', '{ "strict": true }');
    expect(kept).toMatchObject({ strict: true, trustedIssuers: [] });
    expect(store.draft.value.strict).toBe(true);
    const notice = store.notice.value;
    if (notice?.tone !== 'done' || notice.undo === null) throw new Error('It can’t be undone.');
    await store.undo(notice.undo);
    expect(kept).toMatchObject({ strict: false, trustedIssuers: ['https://login.example'] });
    expect(store.draft.value.trustedIssuers).toBe('https://unsaved.example');
    expect(store.isChanged.value).toBe(true);
  });

  it('what is exported is imported as the same', async () => {
    const text = store.exportText() ?? '';
    await store.importFile('x.json', text);
    expect(store.notice.value?.tone).toBe('done');
    expect(store.exportText()).toBe(text);
  });
});

describe('what is kept', () => {
  it('elsewhere meanwhile is shown, but for what is typed here', () => {
    store.keptElsewhere({ strict: true });
    expect(store.draft.value.strict).toBe(true);
    type('https://unsaved.example');
    store.keptElsewhere({ strict: false });
    expect(store.draft.value).toMatchObject({ strict: true, trustedIssuers: 'https://unsaved.example' });
  });

  it('by this page itself is no news', async () => {
    type('https://other.example');
    await store.save();
    const draft = store.draft.value;
    store.keptElsewhere(JSON.parse(JSON.stringify(kept)));
    expect(store.draft.value).toBe(draft);
  });

  it('and can’t be read is said', async () => {
    kept = { clients: 'all' };
    await store.load();
    expect(store.notice.value).toMatchObject({
      tone: 'refused',
      lines: [expect.stringContaining('clients')],
    });
  });
});
