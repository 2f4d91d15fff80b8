import { t } from '../text.ts';
/** Where a text stops being the JSON that a person meant to write. */
export interface JsonProblem {
  /** Both from 1. */
  readonly line: number;
  readonly column: number;
  readonly text: string;
}

/** As deep as {@link parseJson} reads. */
const MAX_DEPTH = 64;

/**
 * Finds what is wrong with a JSON text (RFC 8259), or doubtful: a member that stands twice, of which a parser would take
 * the last and say nothing. For files that people write; engines' own messages differ and mostly name no place.
 * @returns null where nothing is wrong
 */
export function findJsonProblem(text: string): JsonProblem | null {
  const reader = new Reader(text);
  try {
    reader.document();
    return null;
  } catch (error) {
    if (!(error instanceof Wrong)) throw error;
    const before = text.slice(0, error.at).split('\n');
    return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1, text: error.message };
  }
}

class Wrong extends Error {
  readonly at: number;
  constructor(at: number, message: string) {
    super(message);
    this.at = at;
  }
}

const SPACE = /[ \t\n\r]*/y;
const ESCAPE = /\\(?:["\\/bfnrt]|u[\da-fA-F]{4})/y;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:e[+-]?\d+)?/iy;
const WORD = /true|false|null/y;

class Reader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  document(): void {
    this.#space();
    if (this.#is('')) this.#fail(t`the file is empty`);
    this.#value(1);
    this.#space();
    if (!this.#is('')) this.#fail(t`expected the end of the file, found ${this.#found()}`);
  }

  #is(sign: string): boolean {
    return this.#text.charAt(this.#at) === sign;
  }

  #value(depth: number): void {
    if (depth > MAX_DEPTH) this.#fail(t`it is nested deeper than ${MAX_DEPTH} levels`);
    if (this.#is('{')) this.#object(depth);
    else if (this.#is('[')) this.#array(depth);
    else if (this.#is('"')) this.#string();
    else if (this.#take(WORD) === null && this.#take(NUMBER) === null)
      this.#fail(t`expected a value, found ${this.#found()}`);
  }

  #object(depth: number): void {
    const names = new Set<string>();
    this.#members('}', () => {
      const start = this.#at;
      if (!this.#is('"')) this.#fail(t`expected a name in double quotes, found ${this.#found()}`);
      const name: unknown = JSON.parse(this.#string());
      if (names.has(String(name)))
        throw new Wrong(start, t`${JSON.stringify(name)} stands here a second time`);
      names.add(String(name));
      this.#space();
      if (!this.#is(':')) this.#fail(t`expected ":", found ${this.#found()}`);
      this.#at++;
      this.#space();
      this.#value(depth + 1);
    });
  }

  #array(depth: number): void {
    this.#members(']', () => this.#value(depth + 1));
  }

  #members(end: '}' | ']', one: () => void): void {
    this.#at++;
    this.#space();
    if (this.#is(end)) {
      this.#at++;
      return;
    }
    for (;;) {
      one();
      this.#space();
      if (this.#is(end)) break;
      if (!this.#is(',')) this.#fail(t`expected "," or "${end}", found ${this.#found()}`);
      const comma = this.#at++;
      this.#space();
      if (this.#is(end)) throw new Wrong(comma, t`a comma before "${end}" is no JSON`);
    }
    this.#at++;
  }

  #string(): string {
    const start = this.#at++;
    for (;;) {
      const code = this.#text.charCodeAt(this.#at);
      if (code === 0x22) break;
      const isPlain = code !== 0x5c && code >= 0x20;
      if (isPlain) this.#at++;
      else if (code !== 0x5c || this.#take(ESCAPE) === null)
        this.#fail(
          Number.isNaN(code)
            ? t`expected a double quote, found the end of the file`
            : t`expected a double quote: here is a line break, a control character or an escape that JSON does not know`,
        );
    }
    this.#at++;
    return this.#text.slice(start, this.#at);
  }

  #space(): void {
    this.#take(SPACE);
    if (this.#text.startsWith('//', this.#at) || this.#text.startsWith('/*', this.#at))
      this.#fail(t`comments are no JSON`);
  }

  #take(pattern: RegExp): string | null {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text)?.[0] ?? null;
    if (found !== null) this.#at += found.length;
    return found;
  }

  #found(): string {
    if (this.#is('')) return t`the end of the file`;
    const word = /[\w$.-]{1,40}/y;
    word.lastIndex = this.#at;
    return JSON.stringify(
      word.exec(this.#text)?.[0] ?? String.fromCodePoint(this.#text.codePointAt(this.#at) ?? 0),
    );
  }

  #fail(message: string): never {
    throw new Wrong(this.#at, message);
  }
}
