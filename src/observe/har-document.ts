/** Where the text of a HAR has its parts: offsets, as nothing is parsed before it is wanted. */
export interface HarDocument {
  /** The elements of `log.entries`, in the order of the file. */
  readonly entries: readonly Slice[];
  /** The elements of `log.pages`. */
  readonly pages: readonly Slice[];
  readonly creator: Slice | null;
  /** What is wrong with the file itself; what stands before it was found all the same. */
  readonly problem: HarProblem | null;
}

export interface Slice {
  readonly start: number;
  readonly end: number;
}

/** What is wrong with a file, and where. */
export interface HarProblem {
  readonly text: string;
  /** From 1. */
  readonly line: number;
  /** From 1, in UTF-16 code units. */
  readonly column: number;
}

/**
 * Finds the entries of a HAR (HAR 1.2, http://www.softwareishard.com/blog/har-12-spec/) without parsing it as a whole:
 * a file that was cut off, or in which one entry is damaged, still gives all the others. Never throws.
 */
export function scanHar(text: string): HarDocument {
  const entries: Slice[] = [];
  const pages: Slice[] = [];
  let creator: Slice | null = null;
  let foundEntries = false;
  const scanner = new Scanner(text);
  try {
    scanner.object('the file', (name) => {
      if (name !== 'log') return scanner.value();
      scanner.object('"log"', (member) => {
        if (member === 'entries') {
          foundEntries = true;
          scanner.array('"log.entries"', () => entries.push(scanner.slice(`entry ${entries.length}`)));
        } else if (member === 'pages' && scanner.isAt('[')) {
          scanner.array('"log.pages"', () => pages.push(scanner.slice('a page')));
        } else if (member === 'creator') creator = scanner.slice('"log.creator"');
        else scanner.value();
      });
    });
    scanner.end();
    const problem = foundEntries ? null : problemAt(text, 0, 'it is no HAR: it has no "log.entries"');
    return { entries, pages, creator, problem };
  } catch (error) {
    if (!(error instanceof Broken)) throw error;
    return { entries, pages, creator, problem: problemAt(text, error.at, error.message) };
  }
}

/** @param at an offset in the text */
export function problemAt(text: string, at: number, what: string): HarProblem {
  let line = 1;
  let start = 0;
  for (let next = text.indexOf('\n'); next !== -1 && next < at; next = text.indexOf('\n', start)) {
    line++;
    start = next + 1;
  }
  return { text: what, line, column: at - start + 1 };
}

class Broken extends Error {
  readonly at: number;

  constructor(at: number, message: string) {
    super(message);
    this.at = at;
  }
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/** Walks JSON text (RFC 8259) by its brackets and strings; what is between them is for the parser to judge. */
class Scanner {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  isAt(character: string): boolean {
    this.#space();
    return this.#text[this.#at] === character;
  }

  object(what: string, member: (name: string) => void): void {
    this.#items(what, '{', '}', () => {
      if (!this.isAt('"')) throw new Broken(this.#at, `a member of ${what} has no name`);
      const start = this.#at;
      this.#string(what);
      const name = this.#text.slice(start + 1, this.#at - 1);
      if (!this.isAt(':')) throw new Broken(this.#at, `a member of ${what} has no value`);
      this.#at++;
      member(name);
    });
  }

  array(what: string, element: () => void): void {
    this.#items(what, '[', ']', element);
  }

  slice(what: string): Slice {
    this.#space();
    const start = this.#at;
    this.value(what);
    return { start, end: this.#at };
  }

  /** Walks over a value of any kind. */
  value(what = 'a value'): void {
    this.#space();
    const code = this.#text.charCodeAt(this.#at);
    if (code === QUOTE) this.#string(what);
    else if (code === 0x7b || code === 0x5b) this.#nested(what);
    else {
      const start = this.#at;
      while (/[-+.\w]/.test(this.#text[this.#at] ?? '')) this.#at++;
      if (this.#at === start) {
        throw new Broken(start, this.#isEnd() ? `it ends where ${what} is due` : `${what} is no JSON`);
      }
    }
  }

  end(): void {
    this.#space();
    if (!this.#isEnd()) throw new Broken(this.#at, 'there is more after the end of the HAR');
  }

  #items(what: string, open: string, close: string, item: () => void): void {
    if (!this.isAt(open)) {
      const kind = open === '{' ? 'object' : 'array';
      throw new Broken(
        this.#at,
        this.#isEnd() ? `it ends where ${what} is due` : `${what} is no JSON ${kind}`,
      );
    }
    this.#at++;
    if (this.isAt(close)) {
      this.#at++;
      return;
    }
    for (;;) {
      item();
      if (this.isAt(close)) break;
      if (!this.isAt(',')) {
        throw new Broken(this.#at, this.#isEnd() ? `it ends within ${what}` : `${what} is no JSON here`);
      }
      this.#at++;
      // Some writers leave a comma after the last one.
      if (this.isAt(close)) break;
    }
    this.#at++;
  }

  #nested(what: string): void {
    let depth = 0;
    for (;;) {
      const code = this.#text.charCodeAt(this.#at);
      if (code === QUOTE) {
        this.#string(what);
        continue;
      }
      if (code === 0x7b || code === 0x5b) depth++;
      else if (code === 0x7d || code === 0x5d) depth--;
      else if (this.#isEnd()) throw new Broken(this.#at, `it ends within ${what}`);
      this.#at++;
      if (depth === 0) return;
    }
  }

  #string(what: string): void {
    let from = this.#at + 1;
    for (;;) {
      const end = this.#text.indexOf('"', from);
      if (end === -1) throw new Broken(this.#text.length, `it ends within ${what}`);
      let backslashes = 0;
      while (this.#text.charCodeAt(end - 1 - backslashes) === BACKSLASH) backslashes++;
      from = end + 1;
      if (backslashes % 2 === 0) break;
    }
    this.#at = from;
  }

  #space(): void {
    for (;;) {
      const code = this.#text.charCodeAt(this.#at);
      if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return;
      this.#at++;
    }
  }

  #isEnd(): boolean {
    return this.#at >= this.#text.length;
  }
}
