import { layOut } from '../start/table.ts';
import type { ApiCounts } from './api.ts';
import { CONTESTANTS, type Contestant, type ContestantId } from './contestants.ts';
import type { Batch, Times } from './load.ts';
import { type Estimate, estimate } from './statistics.ts';

/** What each contestant took in one round. */
export type Round = Map<ContestantId, Times>;

const SORTS = ['concurrent', 'sequential'] as const satisfies readonly (keyof Batch)[];

/** @returns the tables and the bars, as text */
export function report(rounds: readonly Round[], batch: Batch, { requests, preflights }: ApiCounts): string {
  const lines = [
    `${rounds.length} rounds, in each and for each browser ${batch.concurrent} fetches 6 at a time and ${batch.sequential} one after the other.`,
    'The page calls an API on another origin of the same site with a bearer token, which every fifth turn renews.',
    `Preflights are cached: ${preflights} for ${requests} fetches.`,
    'In brackets: between what the true median lies with 95 % confidence. Ratios are of the same round.',
  ];
  for (const sort of SORTS) {
    const rows = CONTESTANTS.map((contestant) => rowOf(rounds, sort, contestant));
    lines.push('', ...layOut([[sort, 'ms per 1,000', 'ratio to bare', 'ratio to its floor'], ...rows]));
  }
  return [...lines, '', ...bars(rounds)].join('\n');
}

function rowOf(
  rounds: readonly Round[],
  sort: keyof Batch,
  { id, name, floor }: Contestant,
): readonly string[] {
  return [
    name,
    told(estimate(rounds.map((round) => timeOf(round, sort, id))), 0),
    id === 'bare' ? '' : told(ratio(rounds, sort, id, 'bare'), 3),
    floor === undefined ? '' : told(ratio(rounds, sort, id, floor), 3),
  ];
}

function bars(rounds: readonly Round[]): readonly string[] {
  const rows = CONTESTANTS.flatMap(({ id, name, bars = [] }) =>
    bars.flatMap(({ against, limit }) =>
      SORTS.map((sort) => {
        const measured = ratio(rounds, sort, id, against);
        const bar = `at most ${limit} × ${nameOf(against)}`;
        return [
          `${name}, ${sort}`,
          bar,
          told(measured, 3),
          measured.median <= limit ? 'passed' : 'fell short',
        ];
      }),
    ),
  );
  return layOut([['bar', '', 'measured', ''], ...rows]);
}

/** Compared within each round: whatever slowed the machine then slowed both. */
function ratio(
  rounds: readonly Round[],
  sort: keyof Batch,
  id: ContestantId,
  against: ContestantId,
): Estimate {
  return estimate(rounds.map((round) => timeOf(round, sort, id) / timeOf(round, sort, against)));
}

function timeOf(round: Round, sort: keyof Batch, id: ContestantId): number {
  return round.get(id)?.[sort] ?? Number.NaN;
}

function nameOf(id: ContestantId): string {
  return CONTESTANTS.find((contestant) => contestant.id === id)?.name ?? id;
}

function told({ median, low, high }: Estimate, digits: number): string {
  return `${median.toFixed(digits)} [${low.toFixed(digits)} – ${high.toFixed(digits)}]`;
}
