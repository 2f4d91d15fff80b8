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
const WIDTH = 16;
const NO_STATUS = -1;

/** @returns the same rows, to be read with {@link unpackRows} */
export function packRows(rows: readonly AuditRow[]): PackedRows {
  const words = new Map<string, number>();
  const lists = new Map<string, number>();
  const spelled: (readonly number[])[] = [];
  const word = (text: string): number => placeIn(words, text);
  const list = (texts: readonly string[]): number => {
    const places = texts.map(word);
    const place = placeIn(lists, places.join());
    if (place === spelled.length) spelled.push(places);
    return place;
  };
  const packed: number[] = [];
  for (const row of rows) {
    packed.push(word(row.id), row.order, row.at, word(row.method), word(row.host), word(row.path));
    packed.push(row.status ?? NO_STATUS, word(row.verdict), list(row.kinds), list(row.locations));
    packed.push(list(row.audiences), list(row.issuers), list(row.clients), list(row.tokens));
    packed.push(list(row.failed), list(row.cantTell));
  }
  return { words: [...words.keys()], lists: spelled, rows: packed };
}

function placeIn(places: Map<string, number>, name: string): number {
  const known = places.get(name);
  if (known !== undefined) return known;
  places.set(name, places.size);
  return places.size - 1;
}

/** What the numbers of a message stand for. */
interface Dictionary {
  readonly words: readonly string[];
  readonly lists: readonly (readonly string[])[];
  /** The lists of which every text is of the vocabulary; null for the others. */
  readonly kinds: readonly (readonly TokenKind[] | null)[];
  readonly locations: readonly (readonly SightingLocation[] | null)[];
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

/** The row whose numbers begin at a place; null where one of them stands for nothing. */
function rowAt(numbers: readonly number[], at: number, from: Dictionary): AuditRow | null {
  const word = (offset: number): string | undefined => from.words[numbers[at + offset] ?? -1];
  const list = (offset: number): readonly string[] | undefined => from.lists[numbers[at + offset] ?? -1];
  const [id, method, host, path, verdict] = [word(0), word(3), word(4), word(5), word(7)];
  const [order, time, status] = [numbers[at + 1], numbers[at + 2], numbers[at + 6]];
  const kinds = from.kinds[numbers[at + 8] ?? -1];
  const locations = from.locations[numbers[at + 9] ?? -1];
  const [audiences, issuers, clients, tokens] = [list(10), list(11), list(12), list(13)];
  const [failed, cantTell] = [list(14), list(15)];
  if (id === undefined || method === undefined || host === undefined || path === undefined) return null;
  if (order === undefined || time === undefined || status === undefined || !from.isVerdict(verdict))
    return null;
  if (!kinds || !locations || !audiences || !issuers || !clients || !tokens || !failed || !cantTell)
    return null;
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
    cantTell,
  };
}
