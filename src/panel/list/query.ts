/** What a person types to filter the list: words, and `field:value` terms. Read here, matched in matcher.ts. */

/** The fields of a term, by the names that are typed. */
export const FIELDS = [
  'host',
  'path',
  'method',
  'status',
  'kind',
  'aud',
  'iss',
  'client',
  'rule',
  'in',
  'token',
  'is',
] as const;
export type Field = (typeof FIELDS)[number];

/** What may stand after `is:`. */
export const STATES = [
  'failed',
  'error',
  'warning',
  'notice',
  'cant-tell',
  'accepted',
  'passed',
  'pending',
] as const;
export type State = (typeof STATES)[number];

/** A value as it was typed; in quotes a `*` stands for itself. */
export interface QueryValue {
  readonly text: string;
  readonly isQuoted: boolean;
}

/** One condition: any of its values in its field. Terms hold together. */
export interface Term {
  /** Null for a word that may stand anywhere. */
  readonly field: Field | null;
  readonly isNegated: boolean;
  readonly values: readonly QueryValue[];
}

/** A term that can't be followed; it filters nothing, and is said. */
export type Wrong =
  | { readonly wrong: 'field'; readonly text: string }
  | { readonly wrong: 'state'; readonly text: string };

export interface Query {
  readonly terms: readonly Term[];
  readonly wrong: readonly Wrong[];
}

/** Where a term stands in the text. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Longer filters are cut: nobody types them. */
export const MAX_LENGTH = 1_000;

export const NO_QUERY: Query = { terms: [], wrong: [] };

/** The terms' places: what white space outside quotes parts. A quote that is not closed goes on to the end. */
export function spansOf(text: string): readonly Span[] {
  const spans: Span[] = [];
  let start = -1;
  let isQuoted = false;
  for (let at = 0; at <= text.length; at += 1) {
    const character = text[at];
    if (isQuoted && character === '\\') {
      at += 1;
      continue;
    }
    if (character === '"') isQuoted = !isQuoted;
    const parts = character === undefined || (!isQuoted && /\s/.test(character));
    if (!parts && start < 0) start = at;
    if (parts && start >= 0) {
      spans.push({ start, end: at });
      start = -1;
    }
  }
  if (start >= 0) spans.push({ start, end: text.length });
  return spans;
}

/** What stands before a term's value, and whether it has a field. */
const HEAD = /^(-?)(?:([a-z][a-z-]*):)?/i;

/**
 * A term in its parts.
 * @returns `field` as it was typed, lower case; null for none. Addresses are words: `https://…`, `localhost:3000`.
 */
export function partsOf(term: string): {
  readonly isNegated: boolean;
  readonly field: string | null;
  readonly rest: string;
} {
  const [head = '', minus, name] = HEAD.exec(term) ?? [];
  const rest = term.slice(head.length);
  const field = name?.toLowerCase() ?? null;
  if (field !== null && !isField(field) && /^(?:\/\/|\d)/.test(rest)) {
    return { isNegated: minus === '-', field: null, rest: term.slice(minus === '-' ? 1 : 0) };
  }
  return { isNegated: minus === '-', field, rest };
}

export function isField(name: string): name is Field {
  return FIELDS.some((field) => field === name);
}

/** The values of a comma list, in its order; empty ones are left out. */
export function valuesOf(list: string): readonly QueryValue[] {
  const values: QueryValue[] = [];
  let text = '';
  let isQuoted = false;
  let wasQuoted = false;
  const end = (): void => {
    if (text !== '') values.push({ text, isQuoted: wasQuoted });
    text = '';
    wasQuoted = false;
  };
  for (let at = 0; at < list.length; at += 1) {
    const character = list[at] ?? '';
    if (character === '"') {
      isQuoted = !isQuoted;
      wasQuoted = true;
    } else if (isQuoted && character === '\\' && at + 1 < list.length) {
      at += 1;
      text += list[at] ?? '';
    } else if (character === ',' && !isQuoted) end();
    else text += character;
  }
  end();
  return values;
}

/** A value as it must be typed to mean exactly its characters. */
export function quoted(value: string): string {
  return /^[^\s",*\\]+$/.test(value) ? value : `"${value.replace(/[\\"]/g, '\\$&')}"`;
}

/** The text of a term. */
export function termText(field: Field, value: string): string {
  return `${field}:${quoted(value)}`;
}

/** Reads what was typed. Never throws; a term that is being typed (`host:`) filters nothing yet. */
export function readQuery(text: string): Query {
  const terms: Term[] = [];
  const wrong: Wrong[] = [];
  const shown = text.slice(0, MAX_LENGTH);
  for (const { start, end } of spansOf(shown)) {
    const { isNegated, field, rest } = partsOf(shown.slice(start, end));
    if (field === null) {
      // In a word a comma is a comma.
      const [value] = valuesOf(rest.includes('"') ? rest : quoted(rest));
      if (value !== undefined && rest !== '') {
        terms.push({
          field,
          isNegated,
          values: [rest.includes('"') ? value : { text: rest, isQuoted: false }],
        });
      }
      continue;
    }
    if (!isField(field)) {
      wrong.push({ wrong: 'field', text: field });
      continue;
    }
    const values = valuesOf(rest);
    const strangers = field === 'is' ? values.filter(({ text: state }) => stateNamed(state) === null) : [];
    for (const { text: state } of strangers) wrong.push({ wrong: 'state', text: state });
    const followed = values.filter((value) => !strangers.includes(value));
    if (followed.length > 0) terms.push({ field, isNegated, values: followed });
  }
  return { terms, wrong };
}

/** The state that a person means: by its beginning, so that it works while it is typed. */
export function stateNamed(text: string): State | null {
  const letters = (name: string): string => name.toLowerCase().replace(/[^a-z]+/g, '');
  const begun = letters(text);
  return begun === '' ? null : (STATES.find((state) => letters(state).startsWith(begun)) ?? null);
}
