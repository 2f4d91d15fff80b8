import { line } from '../../src/panel/plain-text.ts';
import { KINDS, VERDICTS } from '../../src/panel/words.ts';
import type { HostRole, Origins } from '../lab/origins.ts';
import type { Comparison } from './findings.ts';
import type { ReadCoverage, ReadRow } from './panel-rows.ts';
import { layOut } from './table.ts';

const KIND_NAMES: ReadonlyMap<string, string> = new Map(Object.entries(KINDS));
const VERDICT_NAMES: ReadonlyMap<string, string> = new Map(Object.entries(VERDICTS));

const ROLES: Readonly<Record<HostRole, string>> = {
  app: 'a single-page app with a button for each habit',
  login: 'the OpenID provider that it signs in with',
  api: 'its API, with endpoints that accept too much',
  orders: 'a second API, which is strict',
  stock: 'a third API, which tells by its metadata what it is called',
  mirror: 'a mirror of the first, as if it were on another machine: plain http',
  market: 'another party’s app and its API',
  legacy: 'a provider that allows what nobody should ask for',
  collector: 'a third party',
};

/** What runs where, a line a host of the lab. */
export function hostLines(origins: Origins): readonly string[] {
  const roles: readonly HostRole[] = [
    ...(['app', 'login', 'api', 'orders', 'stock', 'mirror'] as const),
    ...(['market', 'legacy', 'collector'] as const),
  ];
  return layOut(roles.map((role) => ['', role, origins[role], ROLES[role]]));
}

/** The findings of a walk through the lab, as a table: one line a habit, then what else was found; then the sum of it. */
export function walkLines(comparisons: readonly Comparison[], origins: Origins): readonly string[] {
  const table = layOut([
    ['', 'Habit', 'Request', 'Token', 'Verdict', 'Rules', ''],
    ...comparisons.map((comparison) => [
      comparison.asExpected ? '✓' : '✗',
      comparison.habit?.id ?? '(no habit)',
      requestOf(comparison, origins),
      comparison.row === null ? '' : kindsOf(comparison.row),
      comparison.row === null ? 'not seen' : verdictOf(comparison.row),
      comparison.row === null ? '' : line(comparison.row.rules),
      expectationOf(comparison),
    ]),
  ]);
  const right = comparisons.filter(({ asExpected }) => asExpected).length;
  const sum =
    right === comparisons.length
      ? `All ${right} as expected: every bad habit was found with its rule, and nothing else was.`
      : `${right} of ${comparisons.length} as expected; the others are marked with ✗.`;
  return [...table, '', sum];
}

/** What was found while an app was watched, as a table, and how much was seen. */
export function watchLines(
  rows: readonly ReadRow[],
  coverage: ReadCoverage | null,
  seconds: number,
): readonly string[] {
  const seen = coverage?.exchanges ?? 0;
  const problems = rows.filter(({ rules }) => rules !== '').length;
  const sum =
    rows.length === 0
      ? `No request with a token in ${count(seconds, 'second')}; ${count(seen, 'request')} seen.`
      : `${count(seen, 'request')} seen in ${count(seconds, 'second')}, ${rows.length} with a token, ${problems} with a problem.`;
  if (rows.length === 0) return [sum];
  const table = layOut([
    ['Request', 'Token', 'Verdict', 'Rules'],
    ...rows.map((row) => [
      line(`${row.method} ${row.host}${row.path}`),
      kindsOf(row),
      verdictOf(row),
      line(row.rules),
    ]),
  ]);
  return [...table, '', sum];
}

/** The lab's hosts go by their roles, for short. */
function requestOf({ habit, row }: Comparison, origins: Origins): string {
  if (habit !== null) return `${habit.request.method} ${habit.request.host}${habit.request.path}`;
  if (row === null) return '';
  const role = Object.entries(origins).find(([, origin]) => new URL(origin).host === row.host)?.[0];
  return line(`${row.method} ${role ?? row.host}${row.path}`);
}

function expectationOf({ habit, row, asExpected }: Comparison): string {
  if (asExpected) return '';
  const expected = habit === null || habit.expected.length === 0 ? 'nothing' : habit.expected.join(' ');
  const pending = row !== null && row.cantTell !== '' ? `; can’t tell: ${line(row.cantTell)}` : '';
  return `expected: ${expected}${pending}`;
}

function kindsOf(row: ReadRow): string {
  return row.kinds
    .split(' ')
    .map((kind) => KIND_NAMES.get(kind) ?? line(kind))
    .join(', ');
}

function verdictOf(row: ReadRow): string {
  return VERDICT_NAMES.get(row.verdict) ?? line(row.verdict);
}

function count(amount: number, noun: string): string {
  return `${amount} ${noun}${amount === 1 ? '' : 's'}`;
}
