/**
 * Rows as they travel to the panel: 100,000 of them cross in a few MB, because what repeats is said once a message, and a row is
 * numbers. Plain JSON values, as all messages.
 */
import type { SightingLocation, TokenKind } from './core/model/token.ts';
import type { AuditRow, RowVerdict } from './core/model/view.ts';

export interface PackedRows {
  /** Every text, once. */
  readonly words: readonly string[];
  /** Every list of texts, once, as places in `words`. */
  readonly lists: readonly (readonly number[])[];
  /** {@link WIDTH} numbers a row. */
  readonly rows: readonly number[];
}

/** Tells the words that a row may not invent. */
export interface Vocabulary {
  readonly isKind: (word: unknown) => word is TokenKind;
  readonly isLocation: (word: unknown) => word is SightingLocation;
  readonly isVerdict: (word: unknown) => word is RowVerdict;
}

/** Numbers in a row: what {@link packRows} pushes. */
const WIDTH = 18;
const NO_STATUS = -1;
/** No moment that a token could name. */
const NO_EXPIRY = Number.MIN_SAFE_INTEGER;

/** @returns the same rows, to be read with {@link unpackRows} */
export function packRows(rows: readonly AuditRow[]): PackedRows {
  const words: string[] = [];
  const known = new Map<string, number>();
  const lists = new Map<string, number>();
  const spelled: (readonly number[])[] = [];
  const add = (text: string): number => words.push(text) - 1;
  const word = (text: string): number => {
    const place = known.get(text) ?? add(text);
    known.set(text, place);
    return place;
  };
  /** Most lists have one text, or none: those are found without being spelled. */
  const single = new Map<string, number>();
  let empty: number | undefined;
  const list = (texts: readonly string[]): number => {
    const [only] = texts;
    if (only === undefined) {
      empty ??= spelled.push([]) - 1;
      return empty;
    }
    const before = texts.length === 1 ? single.get(only) : undefined;
    if (before !== undefined) return before;
    const places = texts.map(word);
    const name = places.join();
    const place = lists.get(name) ?? spelled.push(places) - 1;
    lists.set(name, place);
    if (texts.length === 1) single.set(only, place);
    return place;
  };
  const packed: number[] = [];
  for (const row of rows) {
    // No two rows share an id.
    packed.push(add(row.id), row.order, row.at, word(row.method), word(row.host), word(row.path));
    packed.push(row.status ?? NO_STATUS, word(row.verdict), list(row.kinds), list(row.locations));
    packed.push(list(row.audiences), list(row.issuers), list(row.clients), list(row.tokens));
    packed.push(list(row.failed), list(row.cantTell), list(row.accepted), row.expiresAt ?? NO_EXPIRY);
  }
  return { words, lists: spelled, rows: packed };
}

/** What the numbers of a message stand for. */
interface Dictionary {
  readonly words: readonly string[];
  readonly lists: readonly (readonly string[])[];
  /** The lists of which every text is of the vocabulary; null for the others. */
  readonly kinds: readonly (readonly TokenKind[] | null)[];
  readonly locations: readonly (readonly SightingLocation[] | null)[];
  /** The words of the vocabulary, by their places; filled as they come. */
  readonly verdicts: Map<number, RowVerdict>;
  readonly isVerdict: Vocabulary['isVerdict'];
}

/** @returns the rows, which share their texts and lists; null for what is not wholly made by {@link packRows} */
export function unpackRows(value: unknown, vocabulary: Vocabulary): readonly AuditRow[] | null {
  if (typeof value !== 'object' || value === null) return null;
  const words = 'words' in value ? allOf(value.words, isText) : null;
  const numbers = 'rows' in value ? allOf(value.rows, isNumber) : null;
  const spelled = 'lists' in value && Array.isArray(value.lists) ? value.lists : null;
  if (words === null || numbers === null || spelled === null || numbers.length % WIDTH !== 0) return null;
  const lists: (readonly string[])[] = [];
  for (const places of spelled) {
    const list = allOf(Array.isArray(places) ? places.map((place) => words[place]) : null, isText);
    if (list === null) return null;
    lists.push(list);
  }
  const dictionary = {
    ...{ words, lists },
    kinds: lists.map((list) => allOf(list, vocabulary.isKind)),
    locations: lists.map((list) => allOf(list, vocabulary.isLocation)),
    verdicts: new Map<number, RowVerdict>(),
    isVerdict: vocabulary.isVerdict,
  };
  const rows: AuditRow[] = [];
  for (let at = 0; at < numbers.length; at += WIDTH) {
    const row = rowAt(numbers, at, dictionary);
    if (row === null) return null;
    rows.push(row);
  }
  return rows;
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function isNumber(value: unknown): value is number {
  return Number.isFinite(value);
}

/** The list itself where all of it is what it should be. */
function allOf<T>(values: unknown, is: (value: unknown) => value is T): readonly T[] | null {
  return Array.isArray(values) && values.every(is) ? values : null;
}

/** A place that no list has. */
const NOWHERE = -1;

function verdictAt(place: number, { words, verdicts, isVerdict }: Dictionary): RowVerdict | null {
  const known = verdicts.get(place);
  if (known !== undefined) return known;
  const word = words[place];
  if (!isVerdict(word)) return null;
  verdicts.set(place, word);
  return word;
}

/** The row whose numbers begin at a place; null where one of them stands for nothing. */
function rowAt(numbers: readonly number[], at: number, from: Dictionary): AuditRow | null {
  const { words, lists } = from;
  const id = words[numbers[at] ?? NOWHERE];
  const order = numbers[at + 1];
  const time = numbers[at + 2];
  const method = words[numbers[at + 3] ?? NOWHERE];
  const host = words[numbers[at + 4] ?? NOWHERE];
  const path = words[numbers[at + 5] ?? NOWHERE];
  const status = numbers[at + 6];
  const verdict = verdictAt(numbers[at + 7] ?? NOWHERE, from);
  const kinds = from.kinds[numbers[at + 8] ?? NOWHERE];
  const locations = from.locations[numbers[at + 9] ?? NOWHERE];
  const audiences = lists[numbers[at + 10] ?? NOWHERE];
  const issuers = lists[numbers[at + 11] ?? NOWHERE];
  const clients = lists[numbers[at + 12] ?? NOWHERE];
  const tokens = lists[numbers[at + 13] ?? NOWHERE];
  const failed = lists[numbers[at + 14] ?? NOWHERE];
  const cantTell = lists[numbers[at + 15] ?? NOWHERE];
  const accepted = lists[numbers[at + 16] ?? NOWHERE];
  const expiresAt = numbers[at + 17];
  if (id === undefined || method === undefined || host === undefined || path === undefined) return null;
  if (order === undefined || time === undefined || status === undefined || verdict === null) return null;
  if (!kinds || !locations || !audiences || !issuers || !clients || !tokens) return null;
  if (!failed || !accepted || !cantTell || expiresAt === undefined) return null;
  return {
    id,
    order,
    at: time,
    method,
    host,
    path,
    status: status === NO_STATUS ? null : status,
    kinds,
    locations,
    audiences,
    issuers,
    clients,
    tokens,
    verdict,
    failed,
    accepted,
    cantTell,
    ...(expiresAt === NO_EXPIRY ? {} : { expiresAt }),
  };
}
