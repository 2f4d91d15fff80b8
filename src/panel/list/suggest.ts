import type { AuditRow } from '../../core/model/view.ts';
import { FIELDS, type Field, isField, partsOf, quoted, STATES, spansOf } from './query.ts';

/** What may be put in the place of what is being typed. */
export interface Suggestion {
  /** The whole filter with it. */
  readonly text: string;
  /** Where the caret goes. */
  readonly caret: number;
  readonly field: Field;
  /** Null for the field itself. */
  readonly value: string | null;
  /** Rows that have it. */
  readonly count: number | null;
}

/** As many as one reads at a glance. */
const MOST = 12;
/** Distinct values that are counted; more are no help to choose from. */
const MAX_VALUES = 5_000;

/**
 * Suggests how to go on from the caret: fields, or the values that the list has, most frequent first.
 * @param valuesOf the values of a field with the number of rows that have each: {@link valuesIn}
 */
export function suggest(
  text: string,
  caret: number,
  valuesOf: (field: Field) => ReadonlyMap<string, number>,
): readonly Suggestion[] {
  const span = spansOf(text).find(({ start, end }) => start < caret && caret <= end) ?? {
    start: caret,
    end: caret,
  };
  const typed = text.slice(span.start, caret);
  const { isNegated, field, rest } = partsOf(typed);
  const put = (term: string): { readonly text: string; readonly caret: number } => ({
    text: `${text.slice(0, span.start)}${term}${text.slice(span.end)}`,
    caret: span.start + term.length,
  });
  const minus = isNegated ? '-' : '';
  if (field === null) {
    const begun = rest.toLowerCase();
    return FIELDS.filter((name) => name.startsWith(begun)).map((name) => ({
      ...put(`${minus}${name}:`),
      field: name,
      value: null,
      count: null,
    }));
  }
  if (!isField(field)) return [];
  const before = rest.slice(0, rest.lastIndexOf(',') + 1);
  const begun = rest.slice(before.length).replace(/"/g, '').toLowerCase();
  return [...valuesOf(field)]
    .filter(([value]) => value.toLowerCase().includes(begun))
    .sort(([a, one], [b, other]) => other - one || (a < b ? -1 : 1))
    .slice(0, MOST)
    .map(([value, count]) => ({
      ...put(`${minus}${field}:${before}${quoted(value)} `),
      field,
      value,
      count,
    }));
}

/** The values of a field with the number of rows that have each. */
export function valuesIn(field: Field, rows: readonly AuditRow[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  const count = (value: string): void => {
    const known = counts.get(value);
    if (known !== undefined || counts.size < MAX_VALUES) counts.set(value, (known ?? 0) + 1);
  };
  if (field === 'is') {
    for (const state of STATES) counts.set(state, 0);
    const add = (state: string): unknown => counts.set(state, (counts.get(state) ?? 0) + 1);
    for (const { verdict, failed, status } of rows) {
      add(verdict === 'cantTell' ? 'cant-tell' : verdict);
      if (failed.length > 0) add('failed');
      if (status === null) add('pending');
    }
    return new Map([...counts].filter(([, amount]) => amount > 0));
  }
  const read = READ[field];
  for (const row of rows) {
    const value = read(row);
    if (typeof value === 'string') count(value);
    else for (const one of value) count(one);
  }
  return counts;
}

const READ: Readonly<Record<Exclude<Field, 'is'>, (row: AuditRow) => string | readonly string[]>> = {
  host: (row) => row.host,
  path: (row) => row.path,
  method: (row) => row.method,
  status: (row) => (row.status === null ? [] : String(row.status)),
  kind: (row) => row.kinds,
  aud: (row) => row.audiences,
  iss: (row) => row.issuers,
  client: (row) => row.clients,
  rule: (row) => (row.cantTell.length === 0 ? row.failed : [...row.failed, ...row.cantTell]),
  in: (row) => row.locations,
  token: (row) => row.tokens,
};
