import { describe, expect, it } from 'vitest';
import { compareReports, sinceBaseline } from '../../../src/core/report/compare-reports.ts';
import { mergeReports } from '../../../src/core/report/merge-reports.ts';
import { auditReport, reportExchange, reportFinding, reportToken } from '../../fixtures/report.ts';

/** A report of one log-in: ids and tokens are its own. */
function login(name: string, rules: readonly string[], severity: 'error' | 'warning' = 'error') {
  return auditReport({
    session: { name, startedAt: null, endedAt: null, source: 'har', steps: [] },
    tokens: [reportToken({ fingerprint: `${name}-token`, usedIn: [name] })],
    exchanges: [reportExchange({ id: name })],
    findings: rules.map((ruleId) =>
      reportFinding({ ruleId, severity, exchange: name, token: `${name}-token` }),
    ),
  });
}

const changes = (...[a, b]: Parameters<typeof compareReports>) =>
  compareReports(a, b).findings.map(({ change, identity }) => `${change} ${identity.ruleId}`);

describe('comparing', () => {
  it('tells what is new, still there and fixed, though ids and tokens are others', () => {
    expect(changes(login('x', ['a', 'b']), login('y', ['b', 'c']))).toEqual(['new c', 'still b', 'fixed a']);
  });

  it('what got worse is new, what got better is still there', () => {
    expect(changes(login('x', ['a'], 'warning'), login('y', ['a'], 'error'))).toEqual(['new a']);
    expect(changes(login('x', ['a'], 'error'), login('y', ['a'], 'warning'))).toEqual(['still a']);
  });

  it('another audience or another path is another problem', () => {
    const before = login('x', ['a']);
    const other = { ...before, exchanges: [reportExchange({ id: 'x', url: 'https://api.example/b' })] };
    expect(changes(before, other)).toEqual(['new a', 'fixed a']);
    const meant = { ...before, tokens: [reportToken({ fingerprint: 'x-token', audience: ['else'] })] };
    expect(changes(before, meant)).toEqual(['new a', 'fixed a']);
  });

  /** A run whose servers listen on these ports of this machine. */
  function onPorts(name: string, api: number, issuer: number, host = 'api.shop.localhost') {
    return {
      ...login(name, ['a']),
      tokens: [
        reportToken({
          fingerprint: `${name}-token`,
          issuer: `http://127.0.0.1:${issuer}/realm`,
          audience: [`${host}:${api}`, `https://[::1]:${api}/v1`],
        }),
      ],
      exchanges: [reportExchange({ id: name, url: `http://${host}:${api}/things` })],
    };
  }

  it('a run whose servers were given other ports by chance is the same', () => {
    expect(changes(onPorts('x', 37_575, 60_999), onPorts('y', 49_152, 32_768))).toEqual(['still a']);
    const [{ identity } = { identity: null }] = compareReports(
      onPorts('x', 37_575, 60_999),
      onPorts('y', 49_152, 32_768),
    ).findings;
    expect(identity).toMatchObject({
      endpoint: 'http://api.shop.localhost:*/things',
      parties: ['http://127.0.0.1:*/realm', 'the-app', 'api.shop.localhost:*', 'https://[::1]:*/v1'],
    });
  });

  it('so are names for tests, which no DNS has', () => {
    const at = (name: string, port: number) => onPorts(name, port, 4000, 'mirror.shop.test');
    expect(changes(at('x', 37_575), at('y', 49_152))).toEqual(['still a']);
    expect(changes(at('x', 3000), at('y', 3001))).toEqual(['new a', 'fixed a']);
  });

  it.each([
    [3000, 3001],
    [8080, 40_000],
  ])('another server, on a port that somebody chose, is another: %i and %i', (before, after) => {
    expect(changes(onPorts('x', before, 4000), onPorts('y', after, 4000))).toEqual(['new a', 'fixed a']);
  });

  it('a port of another machine is no accident', () => {
    const at = (name: string, port: number) => ({
      ...login(name, ['a']),
      exchanges: [reportExchange({ id: name, url: `https://api.example:${port}/things` })],
    });
    expect(changes(at('x', 40_000), at('y', 40_001))).toEqual(['new a', 'fixed a']);
  });

  it('a report since a baseline has only what is new, and counts the rest', () => {
    const since = sinceBaseline(login('y', ['b', 'c']), login('x', ['a', 'b']));
    expect(since.findings.map(({ ruleId }) => ruleId)).toEqual(['c']);
    expect(since.baseline).toEqual({ name: 'x', still: 1, fixed: 1 });
  });
});

describe('merging', () => {
  it('joins what shards saw; ids stay apart, and what both saw is once', () => {
    const [x, y] = [login('x', ['a']), login('x', ['b'])];
    const merged = mergeReports([x, y], '9');
    expect(merged.exchanges.map(({ id }) => id)).toEqual(['0/x', '1/x']);
    expect(merged.findings.map(({ ruleId, exchange }) => [ruleId, exchange])).toEqual([
      ['a', '0/x'],
      ['b', '1/x'],
    ]);
    expect(merged.tokens).toHaveLength(1);
    expect(merged.tokens[0]?.usedIn).toEqual(['0/x', '1/x']);
    expect(merged.coverage).toEqual({
      exchanges: 6,
      withToken: 4,
      unseen: [{ reason: 'log_full', count: 8 }],
    });
  });

  it('one report is itself', () => {
    const only = login('x', ['a']);
    expect(mergeReports([only], '9')).toBe(only);
  });
});
