import { mkdir, readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { ALL_RULES } from '../../src/core/judge/rules/index.ts';
import { harReport } from '../../src/core/report/har-report.ts';
import { FORMATS } from '../../src/core/report/render-report.ts';
import { harFile } from '../fixtures/har.ts';
import { aud, call, file, folder, idToken, login, report } from './command.ts';

const bad = harFile([login(), call(idToken)]);
const good = harFile([login()]);

async function written(name: string, text: string | Uint8Array): Promise<string> {
  await mkdir(dirname(join(folder, name)), { recursive: true });
  return file(name, text);
}

describe('formats', () => {
  it.each(FORMATS)('%s is written, and holds no token', async (format) => {
    const { status, out } = await aud(['audit', await file('a.har', bad), '--format', format]);
    expect(status).toBe(1);
    expect(out).toContain('id-token-as-bearer');
    expect(out).not.toContain('eyJ');
  });
});

describe('files', () => {
  it('a pattern in quotation marks is expanded, in the order of names; a file of that very name comes first', async () => {
    const paths = [await written('glob/b.har', good), await written('glob/a.har', bad)].sort();
    const { exchanges } = await report([join(folder, 'glob/*.har')]);
    expect([...new Set(exchanges.map(({ entry }) => entry?.file))].sort()).toEqual(paths);
    const odd = await written('glob/[ab].har', bad);
    const told = await report([odd]);
    expect(new Set(told.exchanges.map(({ entry }) => entry?.file))).toEqual(new Set([odd]));
  });

  it('a gzipped HAR is read; of one that is cut off, what could be', async () => {
    const whole = await file('a.har.gz', gzipSync(bad));
    expect((await report([whole])).findings.map(({ ruleId }) => ruleId)).toContain('id-token-as-bearer');
    const many = harFile([login(), ...Array.from({ length: 4000 }, () => call(idToken))]);
    const cut = await file('cut.har.gz', gzipSync(many).subarray(0, -200));
    const told = await report([cut]);
    expect(told.status).toBe(2);
    expect(told.complaints).toEqual([
      expect.stringMatching(
        /cut\.har\.gz: it is compressed, and cut off \(\d+ entries before it could be read\)$/,
      ),
    ]);
    expect(told.findings.length).toBeGreaterThan(0);
  });

  it('a HAR that Aud-it redacted is known for that', async () => {
    const told = await report([await file('a.har', bad)]);
    const redacted = await file('redacted.har', harReport(told));
    const again = await report([redacted]);
    expect(again.status).toBe(0);
    expect(again.complaints).toEqual([
      expect.stringMatching(/redacted\.har: Aud-it redacted it, .* JSON export$/),
    ]);
    expect(again.coverage.unseen).toEqual([{ reason: 'har_sanitised', count: told.exchanges.length }]);
  });

  it('progress of long work is told to who looks, and taken away', async () => {
    const lines: (string | null)[] = [];
    let now = 0;
    const world = { progress: (line: string | null) => void lines.push(line), now: () => (now += 2000) };
    await aud(['audit', await file('a.har', bad)], world);
    expect(lines[0]).toMatch(/^Reading .*a\.har: 100 %, 0 of 0 MB$/);
    expect(lines.at(-1)).toBeNull();
  });

  it('an output file is replaced whole, and nothing is left beside it', async () => {
    await written('out/report.html', 'before');
    const path = join(folder, 'out/report.html');
    await aud(['audit', await file('a.har', bad), '--format', 'html', '-o', path]);
    expect(await readFile(path, 'utf8')).toMatch(/^<!doctype html>/);
    expect(await readdir(join(folder, 'out'))).toEqual(['report.html']);
  });
});

describe('reports as input', () => {
  it('merge joins them, audit renders them', async () => {
    const one = await file('one.json', (await report([await file('a.har', bad)])).out);
    const two = await file('two.json', (await report([await file('b.har', good)])).out);
    const merged = await aud(['merge', one, two]);
    expect(merged.status).toBe(1);
    const told = JSON.parse(merged.out);
    expect(told.coverage.exchanges).toBe(3);
    expect(told.session.name).toBe('a.har and 1 more');
    const page = await aud(['audit', one, '--format', 'html', '--fail-on', 'never']);
    expect(page.out).toContain('<h1>a.har</h1>');
  });

  it('merge judges nothing anew: it reads no configuration, and no traffic', async () => {
    const one = await file('one.json', (await report([await file('a.har', bad)])).out);
    const broken = dirname(await written('broken/aud-it.config.json', '{'));
    expect(await aud(['merge', one], { folder: broken })).toMatchObject({ status: 1, complaints: [] });
    const har = await file('b.har', good);
    const both = await aud(['merge', one, har]);
    expect(both).toMatchObject({
      status: 2,
      complaints: [`aud-it: ${har}: it is no report of Aud-it: audit it first (aud-it audit)`],
    });
    expect(JSON.parse(both.out).session.name).toBe('a.har');
  });

  it('what is no such report is said, with the place', async () => {
    const odd = await file('odd.json', '{"schemaVersion":"1.0","tool":{"name":"aud-it","version":3}}');
    expect(await aud(['merge', odd])).toMatchObject({
      status: 2,
      complaints: [`aud-it: ${odd}: it is no report of Aud-it that can be read: see “tool.version”`],
    });
    const newer = await file('newer.json', '{"schemaVersion":"9.0"}');
    expect((await aud(['merge', newer])).complaints[0]).toMatch(/perhaps of a newer version/);
  });
});

describe('what was there before', () => {
  it('--baseline leaves out what it knows, also from another log-in', async () => {
    const before = await file('before.json', (await report([await file('a.har', bad)])).out);
    const har = await file(
      'now.har',
      harFile([login(), call(idToken, { url: 'https://api.example/things?now=1' })]),
    );
    const same = await report([har, '--baseline', before]);
    expect(same).toMatchObject({ status: 0, findings: [], baseline: { name: 'a.har', fixed: 0 } });
    const other = await file(
      'other.har',
      harFile([login(), call(idToken, { url: 'https://api.example/other' })]),
    );
    const told = await report([other, '--baseline', before]);
    expect(told.status).toBe(1);
    expect(told.findings.every(({ exchange }) => exchange === '0.1')).toBe(true);
    expect((await aud(['audit', other, '--baseline', before])).out).toMatch(/all new/);
  });

  it('compare tells new, still there and fixed, and fails on what is new', async () => {
    const [a, b] = [await file('a.har', good), await file('b.har', bad)];
    const worse = await aud(['compare', a, b]);
    expect(worse).toMatchObject({ status: 1, complaints: [] });
    expect(worse.out).toMatch(
      /New, or worse\n {2}error {2}id-token-as-bearer {2}GET https:\/\/api\.example\/things/,
    );
    const better = await aud(['compare', b, a, '--format', 'markdown']);
    expect(better.status).toBe(0);
    expect(better.out).toContain('## Fixed, or not seen again');
    const json = JSON.parse((await aud(['compare', b, b, '--format', 'json'])).out);
    expect(json.findings.every(({ change }: { change: string }) => change === 'still')).toBe(true);
  });
});

describe('explain', () => {
  it.each(ALL_RULES.map(({ id }) => id))('%s', async (id) => {
    const { status, out } = await aud(['explain', id]);
    expect(status).toBe(0);
    for (const word of [id, 'Why  ', 'Fix  ', 'See  ']) expect(out).toContain(word);
  });

  it('without a rule, lists all', async () => {
    const { out } = await aud(['explain']);
    expect(out.trimEnd().split('\n')).toHaveLength(ALL_RULES.length);
  });

  it('each command has a help of its own', async () => {
    for (const command of ['audit', 'merge', 'compare', 'explain']) {
      expect((await aud([command, '--help'])).out).toMatch(new RegExp(`^aud-it ${command}`));
      expect((await aud(['help', command])).out).toContain('Example');
    }
  });
});
