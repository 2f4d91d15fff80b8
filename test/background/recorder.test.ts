import { beforeEach, describe, expect, it } from 'vitest';
import { Recorder } from '../../src/background/recorder.ts';
import { Audit } from '../../src/core/audit.ts';
import type { HttpExchange } from '../../src/core/model/exchange.ts';
import type { AuditReport } from '../../src/core/model/report.ts';
import type { SessionScope } from '../../src/core/model/session.ts';
import { assembleReport } from '../../src/core/report/assemble-report.ts';
import { buildReport } from '../../src/core/report/audit-report.ts';
import { fingerprint } from '../../src/core/syntax/fingerprint.ts';
import { AT } from '../fixtures/case.ts';
import { bearer, exchange } from '../fixtures/exchange.ts';
import { jwt } from '../fixtures/jwt.ts';
import { MemoryArchive } from '../fixtures/memory-archive.ts';
import { SECRET_SESSION, SECRETS, spellings } from '../fixtures/secret-session.ts';

const ALL: SessionScope = { of: 'all' };
const TOKEN = jwt({ alg: 'RS256' }, { iss: 'https://login.example', aud: 'https://api.example', sub: 'ada' });

let archive: MemoryArchive;
let marker: string | null;
let now: number;
let timers: { readonly at: number; readonly callback: () => void }[];
let scopes: (SessionScope | null)[];

beforeEach(() => {
  archive = new MemoryArchive();
  marker = null;
  now = AT;
  timers = [];
  scopes = [];
});

interface Awake {
  readonly audit: Audit;
  readonly recorder: Recorder;
  readonly see: (one: HttpExchange) => void;
}

/** A background that has just started. */
async function awake(audit = new Audit(), stateChanged: () => void = () => undefined): Promise<Awake> {
  timers = [];
  let ids = 0;
  const recorder = new Recorder(audit, {
    archive,
    now: () => now,
    newId: () => `s${++ids}`,
    source: 'chrome',
    version: '1.2.3',
    marker: {
      get: async () => marker,
      set: async (id) => {
        marker = id;
      },
    },
    after: (ms, callback) => void timers.push({ at: now + ms, callback }),
    scopeChanged: (scope) => void scopes.push(scope),
    stateChanged,
  });
  await recorder.restore();
  return {
    audit,
    recorder,
    see: (one) => recorder.changed(recorder.watch(one, () => audit.observe(one))),
  };
}

/** Lets time pass. */
async function pass(recorder: Recorder, ms: number): Promise<void> {
  now += ms;
  const due = timers.filter(({ at }) => at <= now);
  timers = timers.filter(({ at }) => at > now);
  for (const { callback } of due) callback();
  await recorder.rename('nobody', 'waits for what was written');
}

function call(told: Partial<HttpExchange> = {}): HttpExchange {
  return exchange({ url: 'https://api.example/things', requestHeaders: bearer(TOKEN), at: now, ...told });
}

async function reportOf(id: string): Promise<AuditReport> {
  const session = await archive.session(id);
  if (session === null) throw new Error('There is no such session.');
  const { parts, unreadable } = await archive.parts(id);
  return assembleReport(session, parts, unreadable);
}

describe('what is recorded', () => {
  it('gives the report that the audit would give, step by step', async () => {
    const { audit, recorder, see } = await awake();
    await recorder.start('A walk', ALL);
    await recorder.step('step', 'Sign in');
    now += 10;
    for (const one of SECRET_SESSION) {
      see({ ...one, at: now });
      await pass(recorder, 1_000);
    }
    recorder.changed(audit.setSignature(fingerprint(TOKEN), { status: 'verified', keyId: 'k1' }));
    await recorder.stop();
    const whole = buildReport(audit.reportFacts(), {
      version: '1.2.3',
      session: { name: 'A walk', source: 'chrome', steps: [] },
      entryOf: () => null,
    });
    const kept = await reportOf('s1');
    expect(kept.exchanges).toEqual(whole.exchanges);
    expect(kept.findings).toEqual(whole.findings);
    expect(kept.tokens).toEqual(whole.tokens);
    expect(kept.clients).toEqual(whole.clients);
    expect(kept.resources).toEqual(whole.resources);
    expect(kept.coverage).toEqual(whole.coverage);
    expect(kept.session).toMatchObject({
      name: 'A walk',
      source: 'chrome',
      startedAt: new Date(AT).toISOString(),
      steps: [{ kind: 'step', note: 'Sign in' }],
    });
  });

  it('is on the disk soon, many in one write', async () => {
    const { recorder, see } = await awake();
    await recorder.start('A walk', ALL);
    const before = archive.writes;
    for (let n = 0; n < 50; n++) see(call({ url: `https://api.example/${n}` }));
    await pass(recorder, 500);
    expect(archive.writes - before).toBe(1);
    expect((await reportOf('s1')).exchanges).toHaveLength(50);
  });

  it('is only what is in its scope, and only while it is not paused', async () => {
    const { recorder, see } = await awake();
    await recorder.start('A site', { of: 'site', site: 'shop.example' });
    see(call({ id: 'from', initiator: 'https://app.shop.example' }));
    see(call({ id: 'to', url: 'https://api.shop.example/x', initiator: null }));
    see(call({ id: 'elsewhere', initiator: 'https://other.example' }));
    await recorder.pause();
    now += 100;
    see(call({ id: 'paused', initiator: 'https://app.shop.example' }));
    now += 100;
    await recorder.resume();
    now += 100;
    see(call({ id: 'resumed', initiator: 'https://app.shop.example' }));
    await recorder.stop();
    now += 100;
    see(call({ id: 'stopped', initiator: 'https://app.shop.example' }));
    await recorder.flush();
    const report = await reportOf('s1');
    expect(report.exchanges.map(({ id }) => id)).toEqual(['from', 'to', 'resumed']);
    expect(report.coverage.exchanges).toBe(3);
    expect(scopes.map((scope) => scope?.of ?? null)).toEqual(['site', null, 'site', null]);
  });

  it('counts what was not seen in it, and nothing of before', async () => {
    const { audit, recorder, see } = await awake();
    audit.unseen('body_too_large', 7);
    await recorder.start('A walk', { of: 'tab', tab: 1 });
    see(call({ requestBody: { form: 'unseen', reason: 'body_too_large' } }));
    recorder.unseen(call(), 'body_not_available');
    recorder.unseen(call({ tab: 2 }), 'body_not_available');
    await recorder.stop();
    expect((await reportOf('s1')).coverage.unseen).toEqual(
      expect.arrayContaining([
        { reason: 'body_too_large', count: 1 },
        { reason: 'body_not_available', count: 1 },
      ]),
    );
  });
});

describe('never on the disk', () => {
  it.each([...spellings()])('%s', async (_name, secret) => {
    const { recorder, see } = await awake();
    await recorder.start('A walk', ALL);
    now += 10;
    for (const one of SECRET_SESSION) see({ ...one, at: now });
    await recorder.stop();
    expect(archive.everything.length).toBeGreaterThan(5);
    expect(archive.everything.join('\n')).not.toContain(secret);
  });

  it.each([...spellings()])('%s, though a person pastes it into a name or a note', async (_name, secret) => {
    // What nobody saw as a token, and is no more than words, is the person's own to tell.
    if (/^(?:[a-z-]+|X-[\w-]+)$/i.test(secret) && !secret.startsWith('ey')) return;
    const { recorder, see } = await awake();
    for (const one of SECRET_SESSION) see({ ...one, at: now });
    await recorder.start(`Before ${secret}`, ALL);
    await recorder.step('step', `Open https://app.example/cb#token=${secret}`);
    await recorder.step('note', `It sent "${secret}", and then: ${secret}`);
    await recorder.stop();
    await recorder.rename('s1', `After ${secret}`);
    expect(archive.everything.join('\n')).not.toContain(secret);
    const { session } = await reportOf('s1');
    expect(session.name).toBe('After …');
    expect(session.steps.map(({ note }) => note)).toContain('It sent "…", and then: …');
  });

  it('a person’s name for longer than it takes to learn that it is one', async () => {
    const { recorder, see } = await awake();
    await recorder.start('A walk', ALL);
    now += 10;
    const [early, ...later] = SECRET_SESSION;
    if (early !== undefined) see({ ...early, at: now });
    await pass(recorder, 1_000);
    // Nothing has said yet that this is a person.
    expect(JSON.stringify((await archive.parts('s1')).parts)).toContain(SECRETS.username);
    for (const one of later) see({ ...one, at: now });
    await pass(recorder, 1_000);
    expect(JSON.stringify((await archive.parts('s1')).parts)).not.toContain(SECRETS.username);
  });
});

describe('a background that was stopped', () => {
  it('goes on, has what only the memory had, and says where the gap is', async () => {
    const first = await awake();
    await first.recorder.start('A walk', ALL);
    first.see(call({ id: 'written' }));
    await pass(first.recorder, 1_000);
    now += 2_000;
    first.see(call({ id: 'in memory', at: now }));
    const lastSeen = now;

    now += 5_000;
    const { recorder, see } = await awake(first.audit);
    expect(scopes.at(-1)).toEqual(ALL);
    see(call({ id: 'after' }));
    await recorder.stop();
    const report = await reportOf('s1');
    expect(report.exchanges.map(({ id }) => id)).toEqual(['written', 'in memory', 'after']);
    expect(report.coverage.unseen).toEqual([
      {
        reason: 'background_stopped',
        count: 1,
        during: [{ from: new Date(lastSeen).toISOString(), to: new Date(lastSeen + 5_000).toISOString() }],
      },
    ]);
  });

  it('makes nothing poorer of which the raw token was forgotten', async () => {
    const first = await awake();
    await first.recorder.start('A walk', ALL);
    first.see(call({ id: 'x' }));
    await pass(first.recorder, 1_000);
    const record = first.audit.record('x');
    const audit = new Audit();
    audit.restore({
      exchanges: record === null ? [] : [record],
      tokens: [],
      lessons: [],
      counts: { seen: [], unseen: [] },
    });
    const { recorder } = await awake(audit);
    await recorder.stop();
    expect((await reportOf('s1')).exchanges[0]?.sightings).toHaveLength(1);
  });

  it('is no gap while it was paused', async () => {
    const first = await awake();
    await first.recorder.start('A walk', ALL);
    await first.recorder.pause();
    now += 60_000;
    const { recorder } = await awake(first.audit);
    expect(recorder.state().current).toMatchObject({ state: 'paused', gaps: 0 });
    expect(scopes.at(-1)).toBeNull();
  });
});

describe('a browser that ended', () => {
  it('leaves a session that ended at its last sign of life, and can be continued', async () => {
    const first = await awake();
    await first.recorder.start('A walk', ALL);
    first.see(call());
    await pass(first.recorder, 1_000);
    await pass(first.recorder, 20_000);
    await pass(first.recorder, 1_000);
    const lastSign = now;
    marker = null;
    now += 3_600_000;

    const { recorder, see } = await awake();
    expect(recorder.state()).toMatchObject({ current: null, interrupted: { id: 's1' } });
    expect((await reportOf('s1')).session.endedAt).toBe(new Date(lastSign).toISOString());
    expect(scopes.at(-1)?.of).toBe('all');
    scopes = [];
    await recorder.continue('s1', { of: 'tab', tab: 4 });
    see(call({ tab: 4 }));
    await recorder.stop();
    const report = await reportOf('s1');
    expect(report.exchanges).toHaveLength(2);
    expect(report.coverage.unseen[0]?.during).toEqual([
      { from: new Date(lastSign).toISOString(), to: new Date(now).toISOString() },
    ]);
  });
});

describe('a disk', () => {
  it('that is full keeps what it has; what is not kept is counted', async () => {
    const { recorder, see } = await awake();
    archive.limit = 20_000;
    await recorder.start('A walk', ALL);
    for (let n = 0; n < 60; n++) {
      see(call({ url: `https://api.example/${n}` }));
      await pass(recorder, 500);
    }
    await recorder.stop();
    const report = await reportOf('s1');
    expect(report.exchanges.length).toBeGreaterThan(5);
    expect(report.coverage.exchanges).toBe(60);
    expect(report.coverage.unseen).toEqual([{ reason: 'log_full', count: 60 - report.exchanges.length }]);
    expect(recorder.state().room).toBe('none');
    const { used, limit } = await archive.room();
    expect(used).toBeLessThanOrEqual(limit);
  });

  it('that was full takes more once a session is deleted, and it is no longer said to be full', async () => {
    const { recorder, see } = await awake();
    archive.limit = 20_000;
    await recorder.start('Old', ALL);
    for (let n = 0; n < 60; n++) {
      see(call({ url: `https://api.example/${n}` }));
      await pass(recorder, 500);
    }
    await recorder.stop();
    await recorder.start('New', ALL);
    see(call({ url: 'https://api.example/refused' }));
    await pass(recorder, 500);
    expect(recorder.state().room).toBe('none');
    await recorder.remove('s1');
    expect(recorder.state().room).toBe('enough');
    see(call({ url: 'https://api.example/kept' }));
    await recorder.stop();
    expect((await reportOf('s2')).exchanges.map(({ url }) => url)).toContain('https://api.example/kept');
  });

  it('that fills up in one long write is told of as it goes', async () => {
    const rooms: string[] = [];
    let tell = (): void => undefined;
    const { recorder, see } = await awake(new Audit(), () => tell());
    await recorder.start('A walk', ALL);
    see(call());
    await pass(recorder, 500);
    // So that it fills up in the fourth batch.
    archive.limit = (await archive.room()).used * 500;
    await recorder.stop();
    await recorder.start('Another', ALL);
    for (let n = 0; n < 1_500; n++) see(call({ url: `https://api.example/${n}` }));
    tell = () => void rooms.push(recorder.state().room);
    await recorder.stop();
    expect([...new Set(rooms)]).toEqual(['enough', 'scarce', 'none']);
  });

  it('that refuses is asked again, and that it did is said meanwhile', async () => {
    const { recorder, see } = await awake();
    await recorder.start('A walk', ALL);
    archive.failure = new Error('disk full');
    see(call());
    await pass(recorder, 500);
    expect(recorder.state().problem).toContain('disk full');
    archive.failure = null;
    await recorder.stop();
    expect(recorder.state().problem).toBeNull();
    expect((await reportOf('s1')).findings.length + (await reportOf('s1')).exchanges.length).toBeGreaterThan(
      0,
    );
  });

  it('that gives back something else loses that alone', async () => {
    const { recorder, see } = await awake();
    await recorder.start('A walk', ALL);
    see(call({ id: 'a', url: 'https://api.example/a' }));
    see(call({ id: 'b', url: 'https://api.example/b' }));
    await recorder.stop();
    const session = JSON.stringify(await archive.session('s1'));
    archive.corrupt('s1', session, { key: 'x:a', text: '{"part":"exchange","exchange":7}' });
    archive.corrupt('other', '{"schema":99}');
    const report = await reportOf('s1');
    expect(report.exchanges.map(({ id }) => id)).toEqual(['b']);
    expect(report.coverage.unseen).toContainEqual({ reason: 'record_unreadable', count: 1 });
    expect(await archive.list()).toMatchObject({ sessions: [{ id: 's1' }], unreadable: ['other'] });
  });
});

describe('a session', () => {
  it('is renamed and deleted, also while it is recorded', async () => {
    const { recorder, see } = await awake();
    await recorder.start('A walk', ALL);
    await recorder.rename('s1', '  Another name ');
    expect(recorder.state().current?.name).toBe('Another name');
    await recorder.remove('s1');
    expect(recorder.state().current).toBeNull();
    expect(scopes.at(-1)).toBeNull();
    see(call());
    await recorder.flush();
    expect(await archive.list()).toEqual({ sessions: [], unreadable: [] });
  });

  it('starts one at a time', async () => {
    const { recorder } = await awake();
    await recorder.start('One', ALL);
    await recorder.start('Two', ALL);
    expect((await archive.list()).sessions.map(({ name }) => name)).toEqual(['One']);
  });
});
