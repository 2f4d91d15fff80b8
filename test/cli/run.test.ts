import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { harFile } from '../fixtures/har.ts';
import { jwt } from '../fixtures/jwt.ts';
import { HABITS } from '../lab/habits.ts';
import {
  AT,
  AT_S,
  access,
  aud,
  call,
  file,
  folder,
  idToken,
  LAB,
  LAB_KEYS,
  login,
  report,
} from './command.ts';

describe('the command line', () => {
  it('--help teaches, --version says which', async () => {
    const help = await aud(['--help']);
    expect(help.status).toBe(0);
    for (const word of ['audit', '--jwks', '--online', '--fail-on', 'Exit status', 'Example']) {
      expect(help.out).toContain(word);
    }
    expect(await aud(['audit', 'x.har', '-h'])).toMatchObject({ status: 0, complaints: [] });
    expect(await aud(['--version'])).toMatchObject({ status: 0, out: '1.2.3\n' });
  });

  it.each([
    [[], /^aud-it: no command given/],
    [['inspect', 'a.har'], /^aud-it: unknown command "inspect"/],
    [['audit'], /^aud-it: no file given/],
    [['audit', 'a.har', '--fail', 'error'], /^aud-it: Unknown option '--fail'/],
    [['audit', 'a.har', '--jwks'], /^aud-it: .*--jwks/],
    [['audit', 'a.har', '--format', 'pdf'], /^aud-it: unknown format "pdf"/],
    [['audit', 'a.har', '--config', '/nowhere/c.json'], /^aud-it: \/nowhere\/c\.json: there is no such file/],
    [
      ['audit', 'a.har', '--baseline', '/nowhere/b.json'],
      /^aud-it: \/nowhere\/b\.json: there is no such file/,
    ],
    [['aduit', 'a.har'], /^aud-it: unknown command "aduit": did you mean "audit"\?/],
    [['merge'], /^aud-it: no report given/],
    [['merge', 'a.json', '--jwks', 'k.json'], /^aud-it: "merge" takes no --jwks/],
    [['compare', 'a.json'], /^aud-it: two files are compared/],
    [
      ['compare', 'a.json', 'b.json', '--format', 'csv'],
      /^aud-it: unknown format "csv": there are text, json, mark/,
    ],
    [['explain', 'id-token-as-beare'], /^aud-it: there is no rule .*: did you mean "id-token-as-bearer"\?/],
    [['explain', 'qqqqqqqq'], /^aud-it: there is no rule "qqqqqqqq" \(aud-it explain lists all\)$/],
    [['audit', '/nowhere/*.har'], /^aud-it: \/nowhere\/\*\.har: no file fits this pattern/],
    [
      ['audit', 'a.har', '--fail-on', 'info'],
      /^aud-it: --fail-on takes error, warning, notice, never, not "info"/,
    ],
    [['audit', '/nowhere/a.har'], /^aud-it: \/nowhere\/a\.har: there is no such file/],
    [['audit', '/'], /^aud-it: \/: it is a folder/],
    [['audit', 'a.har', '--formt', 'json'], /did you mean "--format"\?/],
    [['traffic/a.har'], /^aud-it: "traffic\/a\.har" is no command: aud-it audit traffic\/a\.har/],
  ])('%j ends with 2 and one line', async (argv, line) => {
    const { status, out, complaints } = await aud(argv);
    expect({ status, out, lines: complaints.length }).toEqual({ status: 2, out: '', lines: 1 });
    expect(complaints[0]).toMatch(line);
    expect(complaints[0]).not.toContain('\n');
  });

  it('what is wrong is told on one line, whatever stands in a name', async () => {
    const { complaints } = await aud(['audit', '/nowhere/a\n\u001b[2Jb.har']);
    expect(complaints).toEqual(['aud-it: /nowhere/a\\u000a\\u001b[2Jb.har: there is no such file']);
  });
});

describe('the exit status', () => {
  it.each([
    ['error', 1],
    ['warning', 1],
    ['notice', 1],
    ['never', 0],
  ])('an error with --fail-on %s: %i', async (level, status) => {
    const har = await file('error.har', harFile([login(), call(idToken)]));
    expect((await aud(['audit', har, '--fail-on', level])).status).toBe(status);
  });

  it.each([
    ['error', 0],
    ['warning', 1],
    ['notice', 1],
    ['never', 0],
  ])('a warning with --fail-on %s: %i', async (level, status) => {
    const expired = jwt({ alg: 'RS256', typ: 'at+jwt', kid: 'k1' }, access({ exp: AT_S - 3600 }));
    const har = await file('warning.har', harFile([call(expired)]));
    expect((await aud(['audit', har, '--fail-on', level])).status).toBe(status);
  });

  it('is 0 where nothing was found, or nothing could be told', async () => {
    const har = await file('quiet.har', harFile([call(jwt({ alg: 'RS256', typ: 'at+jwt' }, access()))]));
    const told = await report([har, '--fail-on', 'notice']);
    expect(told.findings.map(({ outcome }) => outcome)).toEqual(['cantTell']);
    expect(told.status).toBe(0);
    expect((await aud(['audit', await file('empty.har', harFile([]))])).status).toBe(0);
  });
});

describe('time', () => {
  it('is when the traffic was recorded: a token that was good then is no expired one', async () => {
    const token = jwt({ alg: 'RS256', typ: 'at+jwt', kid: 'k1' }, access());
    const har = await file('then.har', harFile([call(token)]));
    const { findings, tokens } = await report([har]);
    expect(findings.filter(({ ruleId }) => ruleId === 'expired-token')).toEqual([]);
    expect(tokens[0]?.checks.find(({ id }) => id === 'exp')?.outcome).toBe('passed');
  });

  it('what is learned later counts for what came before', async () => {
    const before = call(idToken);
    const har = await file(
      'later.har',
      harFile([before, { ...login(), startedDateTime: '2026-01-01T01:00:00Z' }]),
    );
    const { findings } = await report([har]);
    expect(findings.map(({ ruleId, outcome }) => `${ruleId} ${outcome}`)).toContain(
      'id-token-as-bearer failed',
    );
  });
});

describe('files that are broken', () => {
  it('one that was cut off: a line with the place, a report of what could be read, 2', async () => {
    const text = harFile([login(), call(idToken), call(idToken)]);
    const path = await file('cut.har', text.slice(0, -40));
    const told = await report([path, '--fail-on', 'never']);
    expect(told.complaints).toEqual([
      `aud-it: ${path}:1:${text.length - 39}: it ends within entry 2 (2 entries before it could be read)`,
    ]);
    expect(told.status).toBe(2);
    expect(told.coverage.exchanges).toBe(2);
    expect(told.findings.some(({ ruleId }) => ruleId === 'id-token-as-bearer')).toBe(true);
  });

  it('one with an entry that is none: a line with the place, and the status is that of the rest', async () => {
    const path = await file('odd.har', harFile([login(), { request: {} }, call(idToken)]));
    const told = await report([path]);
    expect(told.complaints).toHaveLength(1);
    expect(told.complaints[0]).toMatch(/odd\.har:1:\d+: entry 1 is no request with a URL$/);
    expect(told.coverage.unseen).toEqual([{ reason: 'entry_malformed', count: 1 }]);
    expect(told.status).toBe(1);
  });

  it.each([
    ['no JSON at all', '<html>', /none\.har:1:1: the file is no JSON object$/],
    ['no HAR', '{"a":1}', /none\.har:1:1: it is no HAR: it has no "log\.entries"$/],
    ['an archive', 'PK\u0003\u0004', /none\.har: it is an archive that can't be read: unpack it first$/],
  ])('one that is %s: a line, no report, 2', async (_what, text, line) => {
    const { status, out, complaints } = await aud(['audit', await file('none.har', text)]);
    expect({ status, out }).toEqual({ status: 2, out: '' });
    expect(complaints).toEqual([expect.stringMatching(line)]);
  });

  it('one among others: the others are reported, and the status says so', async () => {
    const good = await file('good.har', harFile([login(), call(idToken)]));
    const told = await report(['/nowhere/x.har', good]);
    expect(told).toMatchObject({ status: 2, complaints: ['aud-it: /nowhere/x.har: there is no such file'] });
    expect(told.exchanges.at(-1)?.entry).toEqual({ file: good, index: 1, line: 1 });
  });

  it('whatever is in the file, it ends with 0, 1 or 2 and a report or a line', async () => {
    const text = fc.oneof(
      fc.jsonValue(),
      fc.webUrl(),
      fc.constant(idToken),
      fc.constant(`Bearer ${idToken}`),
    );
    const header = fc.record({ name: fc.oneof(text, fc.constant('Authorization')), value: text });
    const entry = fc.record(
      {
        startedDateTime: fc.oneof(text, fc.constant(AT)),
        request: fc.record({
          url: fc.oneof(fc.webUrl({ withQueryParameters: true, withFragments: true }), text),
          headers: fc.array(header, { maxLength: 3 }),
          postData: fc.record({ mimeType: text, text, params: fc.array(header, { maxLength: 2 }) }),
        }),
        response: fc.record({ status: text, content: fc.record({ text, mimeType: text, encoding: text }) }),
      },
      { requiredKeys: [] },
    );
    await fc.assert(
      fc.asyncProperty(fc.array(entry, { maxLength: 4 }), async (entries) => {
        const path = await file('garbage.har', harFile(entries));
        for (const format of ['json', 'text']) {
          const { status, out, complaints } = await aud(['audit', path, '--format', format]);
          expect([0, 1]).toContain(status);
          expect(out).not.toBe('');
          expect(out).not.toContain(idToken);
          for (const line of complaints) expect(line).toMatch(/^aud-it: .*garbage\.har:1:\d+: /);
        }
      }),
      { numRuns: 60 },
    );
  });
});

describe('output', () => {
  it('goes to a file where one is named', async () => {
    const path = join(folder, 'report.json');
    const har = await file('a.har', harFile([login(), call(idToken)]));
    expect(await aud(['audit', har, '--format', 'json', '--output', path])).toMatchObject({
      status: 1,
      out: '',
    });
    expect(JSON.parse(await readFile(path, 'utf8'))).toMatchObject({ schemaVersion: '1.0' });
    const { status, complaints } = await aud(['audit', har, '--output', '/nowhere/x/report.json']);
    expect({ status, complaints }).toEqual({
      status: 2,
      complaints: ['aud-it: /nowhere/x/report.json: there is no such folder'],
    });
  });

  it('has colours on a terminal alone', async () => {
    const har = await file('a.har', harFile([login(), call(idToken)]));
    const code = '\u001b[';
    expect((await aud(['audit', har])).out).not.toContain(code);
    expect((await aud(['audit', har], { colour: true })).out).toContain(code);
    expect((await aud(['audit', har, '--format', 'json'], { colour: true })).out).not.toContain(code);
  });

  it('several files are one report', async () => {
    const first = await file('1.har', harFile([login()]));
    const second = await file('2.har', harFile([call(idToken)]));
    const told = await report([first, second]);
    expect(told.session.name).toBe('1.har and 1 more');
    expect(told.exchanges.map(({ entry }) => entry?.file)).toEqual([first, second]);
    expect(told.findings.some(({ ruleId }) => ruleId === 'id-token-as-bearer')).toBe(true);
  });
});

describe('a walk through the lab, as Chromium recorded it', () => {
  it('finds every bad habit with its rule and stays silent on every good one', async () => {
    const { findings, exchanges, status, coverage } = await report([LAB, '--jwks', LAB_KEYS]);
    const failed = findings.filter(({ outcome }) => outcome === 'failed');
    const seen = HABITS.map(({ id, request }) => {
      const own = exchanges.filter(({ url, method }) => {
        const { hostname, pathname } = new URL(url);
        return (
          method === request.method && hostname.startsWith(`${request.host}.`) && pathname === request.path
        );
      });
      const rules = failed.filter(({ exchange }) => own.some((one) => one.id === exchange));
      return { id, requests: own.length, rules: rules.map(({ ruleId }) => ruleId) };
    });
    expect(seen).toEqual(HABITS.map(({ id, expected }) => ({ id, requests: 1, rules: [...expected] })));
    expect(failed).toHaveLength(HABITS.filter(({ good }) => !good).length);
    expect(status).toBe(1);
    expect(coverage.unseen.map(({ reason }) => reason)).toEqual(['body_not_available']);
  });

  it('names nobody', async () => {
    const { out } = await report([LAB, '--jwks', LAB_KEYS]);
    expect(out).not.toMatch(/\b(?:ada|lovelace|shop\.example)\b/i);
    expect(out).not.toContain('eyJ');
  });

  it('without its Authorization headers is said to be sanitised', async () => {
    const har = JSON.parse(await readFile(LAB, 'utf8'));
    for (const { request, response } of har.log.entries) {
      for (const message of [request, response]) {
        message.headers = message.headers.filter(
          ({ name }: { name: string }) => !/^(?:authorization|cookie|set-cookie)$/i.test(name),
        );
        message.cookies = [];
      }
    }
    const path = await file('sanitised.har', JSON.stringify(har));
    const { coverage } = await report([path]);
    expect(coverage.unseen).toContainEqual({ reason: 'har_sanitised', count: har.log.entries.length });
    expect((await aud(['audit', path])).out).toMatch(/HAR was sanitised/);
  });
});
