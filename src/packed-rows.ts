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
  /** What many rows have in common, once: {@link TRAITS_WIDTH} places in `words` and `lists` each. */
  readonly traits: readonly number[];
  /** {@link ROW_WIDTH} numbers a row: the number of its traits, and its own. */
  readonly rows: readonly number[];
}

/** Tells the words that a row may not invent. */
export interface Vocabulary {
  readonly isKind: (word: unknown) => word is TokenKind;
  readonly isLocation: (word: unknown) => word is SightingLocation;
  readonly isVerdict: (word: unknown) => word is RowVerdict;
}

/** Numbers in a set of traits, and in a row: what {@link packRows} pushes. */
const TRAITS_WIDTH = 11;
const ROW_WIDTH = 8;
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
    const before = known.get(text);
    if (before !== undefined) return before;
    const place = add(text);
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
  const traits: number[] = [];
  /** Numbers of sets of traits, by a sum of what they say; a second set with the same sum is said anew each time. */
  const sums = new Map<number, number>();
  const traitsOfRow = (row: AuditRow): number => {
    const start = traits.length;
    traits.push(word(row.method), word(row.host), word(row.verdict));
    traits.push(list(row.kinds), list(row.locations), list(row.audiences), list(row.issuers));
    traits.push(list(row.clients), list(row.failed), list(row.cantTell), list(row.accepted));
    let sum = 0;
    for (let at = start; at < traits.length; at++) sum = (Math.imul(sum, 31) + (traits[at] ?? 0)) | 0;
    const known = sums.get(sum);
    if (known !== undefined && saysTheSame(traits, known * TRAITS_WIDTH, start)) {
      traits.length = start;
      return known;
    }
    const number = start / TRAITS_WIDTH;
    if (known === undefined) sums.set(sum, number);
    return number;
  };
  const packed: number[] = [];
  for (const row of rows) {
    // No two rows share an id.
    packed.push(traitsOfRow(row), add(row.id), row.order, row.at, word(row.path));
    packed.push(row.status ?? NO_STATUS, list(row.tokens), row.expiresAt ?? NO_EXPIRY);
  }
  return { words, lists: spelled, traits, rows: packed };
}

function saysTheSame(traits: readonly number[], one: number, other: number): boolean {
  for (let place = 0; place < TRAITS_WIDTH; place++)
    if (traits[one + place] !== traits[other + place]) return false;
  return true;
}

/** What the numbers of a message stand for. */
interface Dictionary {
  readonly words: readonly string[];
  readonly lists: readonly (readonly string[])[];
  readonly traits: readonly RowTraits[];
}

/** @returns the rows, which share their texts and lists; null for what is not wholly made by {@link packRows} */
export function unpackRows(value: unknown, vocabulary: Vocabulary): readonly AuditRow[] | null {
  if (typeof value !== 'object' || value === null) return null;
  const words = 'words' in value ? allOf(value.words, isText) : null;
  const rows = 'rows' in value ? allOf(value.rows, isNumber) : null;
  const common = 'traits' in value ? allOf(value.traits, isNumber) : null;
  const spelled = 'lists' in value && Array.isArray(value.lists) ? value.lists : null;
  if (words === null || rows === null || common === null || spelled === null) return null;
  if (rows.length % ROW_WIDTH !== 0 || common.length % TRAITS_WIDTH !== 0) return null;
  const lists: (readonly string[])[] = [];
  for (const places of spelled) {
    const list = allOf(Array.isArray(places) ? places.map((place) => words[place]) : null, isText);
    if (list === null) return null;
    lists.push(list);
  }
  const traits: RowTraits[] = [];
  for (let at = 0; at < common.length; at += TRAITS_WIDTH) {
    const one = traitsAt(common, at, words, lists, vocabulary);
    if (one === null) return null;
    traits.push(one);
  }
  const dictionary = { words, lists, traits };
  const unpacked: AuditRow[] = [];
  for (let at = 0; at < rows.length; at += ROW_WIDTH) {
    const row = rowAt(rows, at, dictionary);
    if (row === null) return null;
    unpacked.push(row);
  }
  return unpacked;
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

/** What many rows have in common. Rows that agree in all of it share one object, also with those of other messages. */
type RowTraits = Pick<
  AuditRow,
  | 'method'
  | 'host'
  | 'kinds'
  | 'locations'
  | 'audiences'
  | 'issuers'
  | 'clients'
  | 'verdict'
  | 'failed'
  | 'accepted'
  | 'cantTell'
>;

class UnpackedRow implements AuditRow {
  readonly id: string;
  readonly order: number;
  readonly at: number;
  readonly method: string;
  readonly host: string;
  readonly path: string;
  readonly status: number | null;
  readonly kinds: AuditRow['kinds'];
  readonly locations: AuditRow['locations'];
  readonly audiences: readonly string[];
  readonly issuers: readonly string[];
  readonly clients: readonly string[];
  readonly tokens: readonly string[];
  readonly verdict: RowVerdict;
  readonly failed: readonly string[];
  readonly accepted: readonly string[];
  readonly cantTell: readonly string[];
  /** Not there where no token ends. */
  declare readonly expiresAt?: number;
  readonly #traits: RowTraits;

  constructor(
    own: Pick<AuditRow, 'id' | 'order' | 'at' | 'path' | 'status' | 'tokens'>,
    traits: RowTraits,
    expiresAt: number | null,
  ) {
    this.id = own.id;
    this.order = own.order;
    this.at = own.at;
    this.method = traits.method;
    this.host = traits.host;
    this.path = own.path;
    this.status = own.status;
    this.kinds = traits.kinds;
    this.locations = traits.locations;
    this.audiences = traits.audiences;
    this.issuers = traits.issuers;
    this.clients = traits.clients;
    this.tokens = own.tokens;
    this.verdict = traits.verdict;
    this.failed = traits.failed;
    this.accepted = traits.accepted;
    this.cantTell = traits.cantTell;
    if (expiresAt !== null) this.expiresAt = expiresAt;
    this.#traits = traits;
  }

  static traitsOf(row: AuditRow): object | null {
    return #traits in row ? row.#traits : null;
  }
}

/**
 * What stands for all of a row but its id, place, times, path, status and tokens: rows with the same object have the same of it.
 * Null for a row that did not come packed.
 */
export function traitsOf(row: AuditRow): object | null {
  return UnpackedRow.traitsOf(row);
}

/** Traits that are shared from message to message; a session has few of them. */
const MOST_TRAITS = 10_000;
const shared = new Map<string, RowTraits>();

function share(traits: RowTraits): RowTraits {
  const name = JSON.stringify(traits);
  const known = shared.get(name);
  if (known !== undefined) return known;
  if (shared.size >= MOST_TRAITS) shared.clear();
  shared.set(name, traits);
  return traits;
}

/** The traits whose numbers begin at a place; null where one of them stands for nothing. */
function traitsAt(
  numbers: readonly number[],
  at: number,
  words: readonly string[],
  lists: readonly (readonly string[])[],
  { isKind, isLocation, isVerdict }: Vocabulary,
): RowTraits | null {
  const word = (place: number): string | undefined => words[numbers[at + place] ?? NOWHERE];
  const list = (place: number): readonly string[] | undefined => lists[numbers[at + place] ?? NOWHERE];
  const [method, host, verdict] = [word(0), word(1), word(2)];
  const [kinds, locations] = [allOf(list(3), isKind), allOf(list(4), isLocation)];
  const [audiences, issuers, clients] = [list(5), list(6), list(7)];
  const [failed, cantTell, accepted] = [list(8), list(9), list(10)];
  if (method === undefined || host === undefined || !isVerdict(verdict)) return null;
  if (kinds === null || locations === null || !audiences || !issuers || !clients) return null;
  if (!failed || !accepted || !cantTell) return null;
  return share({
    ...{ method, host, kinds, locations, audiences, issuers, clients },
    ...{ verdict, failed, accepted, cantTell },
  });
}

/** The row whose numbers begin at a place; null where one of them stands for nothing. */
function rowAt(numbers: readonly number[], at: number, from: Dictionary): AuditRow | null {
  const traits = from.traits[numbers[at] ?? NOWHERE];
  const id = from.words[numbers[at + 1] ?? NOWHERE];
  const order = numbers[at + 2];
  const time = numbers[at + 3];
  const path = from.words[numbers[at + 4] ?? NOWHERE];
  const status = numbers[at + 5];
  const tokens = from.lists[numbers[at + 6] ?? NOWHERE];
  const expiresAt = numbers[at + 7];
  if (traits === undefined || id === undefined || path === undefined || tokens === undefined) return null;
  if (order === undefined || time === undefined || status === undefined || expiresAt === undefined)
    return null;
  const own = { id, order, at: time, path, status: status === NO_STATUS ? null : status, tokens };
  return new UnpackedRow(own, traits, expiresAt === NO_EXPIRY ? null : expiresAt);
}
