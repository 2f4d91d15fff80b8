import { t } from '../core/text.ts';
import { type Frame, ROLES, type Role } from './har-structure.ts';

/** What is wrong with a file, and where. */
export interface HarProblem {
  readonly text: string;
  /** From 1. */
  readonly line: number;
  /** From 1, in octets of UTF-8. */
  readonly column: number;
}

/** A value of the file that is read: an element of `log.entries` or `log.pages`, or `log.creator`. */
export interface HarPart {
  readonly kind: 'entry' | 'page' | 'creator';
  /** Its place in the array that it stands in. */
  readonly index: number;
  /**
   * Its JSON text; null where it is larger or nested deeper than what is read. Long texts of bodies are cut out: most
   * are scripts and pictures that nobody reads.
   */
  readonly text: string | null;
  /** Tells of texts that were cut out. To be asked while the part is handed over. */
  readonly cut: CutTexts;
  /** Where it begins, both from 1. */
  readonly line: number;
  readonly column: number;
}

/** The texts that were cut out of a part, by what stands in their place; of any other text, that text itself. */
export interface CutTexts {
  /** @returns the text; null where it is none */
  readonly restore: (text: string) => string | null;
  /** @returns its length in octets, and the first of them (of the JSON string: perhaps a backslash); null for any other text */
  readonly peek: (text: string) => { readonly length: number; readonly first: number } | null;
}

/** Of a part from which nothing was cut out. */
export const NOTHING_CUT: CutTexts = { restore: (text) => text, peek: () => null };

/** Larger than any entry that can hold a token: pictures and films within a HAR. Bounds the memory. */
export const MAX_ENTRY_BYTES = 33_554_432;
/** Deeper than any entry that a tool writes. */
const MAX_DEPTH = 512;
/** A member's name is compared with a few short ones. */
const MAX_NAME_BYTES = 64;
/** Strings are mostly short: so far they are walked octet by octet, further on by search. */
const WALKED_BYTES = 16;

/** Texts of bodies are cut out from this length on: below, parsing costs less. */
const LONG_BYTES = 4096;
/** What stands in the place of a text that was cut out: no tool writes it, and whoever does gets a text of his own. */
const CUT = 'aud-it/cut/';

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const NEW_LINE = 0x0a;

/** What comes next between values: a value, a member's name, its colon, a comma; inside a name, a value, or the end. */
type State = 'value' | 'name' | 'in_name' | 'colon' | 'next' | 'in_value' | 'end' | 'broken';

/**
 * Finds the parts of a HAR (HAR 1.2, http://www.softwareishard.com/blog/har-12-spec/) in octets that come piece by piece,
 * and holds no more than one of them. It walks JSON (RFC 8259) by its brackets and strings; what is between them is for
 * the parser to judge. So a file that was cut off, or in which one entry is damaged, still gives all the others, in
 * whatever order the members stand. Never throws.
 */
export class HarScanner {
  readonly #take: (part: HarPart) => void;
  readonly #decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  readonly #frames: Frame[] = [];
  #state: State = 'value';
  #role: Role = 'file';
  /** True directly after an opening bracket or a comma: a closing one may stand here. */
  #mayClose = false;
  #name: number[] = [];
  #hasEntries = false;
  #entries = 0;
  #pages = 0;
  #problem: HarProblem | null = null;

  /** Octets before the piece at hand; the line at hand, and where it began. */
  #offset = 0;
  #line = 1;
  #lineStart = 0;

  /** The value at hand. */
  #depth = 0;
  #deepest = 0;
  #inString = false;
  #isScalar = false;
  /** The next octet belongs to a backslash that stood before it. */
  #escaped = false;
  #begin = { line: 1, column: 1 };
  /** Where it begins in the piece at hand; null where nobody reads it. */
  #from: number | null = null;
  #kept: Uint8Array[] = [];
  #keptBytes = 0;
  /** Where it begins, and where the string at hand does, from the beginning of the file. */
  #beginOffset = 0;
  #stringOffset = 0;
  /** True where the string at hand is the value of a member "text"; null where nobody looked yet. */
  #isText: boolean | null = null;
  /** The long texts in it: from quotation mark to quotation mark, from its beginning. */
  #long: { readonly start: number; readonly end: number }[] = [];

  /** @param take is handed each part as soon as its end was seen */
  constructor(take: (part: HarPart) => void) {
    this.#take = take;
  }

  /** How many elements of `log.entries` began. */
  get entries(): number {
    return this.#entries;
  }

  /** @param bytes the next piece of the file, in UTF-8 without byte order mark; the caller may use it again */
  push(bytes: Uint8Array): void {
    let at = 0;
    while (at < bytes.length && this.#problem === null) {
      at = this.#state === 'in_value' ? this.#walk(bytes, at) : this.#structure(bytes, at);
    }
    if (this.#from !== null && this.#problem === null) {
      if (this.#inString) this.#lookBack(bytes);
      // Node's Buffer has a "slice" that copies nothing.
      this.#keep(new Uint8Array(bytes.subarray(this.#from)));
      this.#from = 0;
    }
    this.#offset += bytes.length;
  }

  /** @returns what is wrong with the file; what stands before it was handed over all the same */
  end(): HarProblem | null {
    if (this.#problem !== null) return this.#problem;
    const frame = this.#frames.at(-1);
    if (this.#state === 'in_value') {
      if (this.#isScalar) this.#finish(new Uint8Array(), 0);
      return this.#break(0, endsWithin(frame === undefined ? ROLES.file.name : this.#nameOf(this.#role)));
    }
    if (this.#state === 'end') {
      return this.#hasEntries ? null : { text: t`it is no HAR: it has no "log.entries"`, line: 1, column: 1 };
    }
    if (this.#state === 'value' && frame === undefined) return this.#break(0, t`it is empty`);
    if (this.#state === 'value') return this.#break(0, t`it ends where ${this.#nameOf(this.#role)} is due`);
    return this.#break(0, endsWithin(ROLES[frame === undefined ? 'file' : frame.role].name));
  }

  #break(at: number, text: string): HarProblem {
    this.#problem ??= { text, ...this.#place(at) };
    this.#state = 'broken';
    this.#kept = [];
    return this.#problem;
  }

  #place(at: number): { readonly line: number; readonly column: number } {
    return { line: this.#line, column: this.#offset + at - this.#lineStart + 1 };
  }

  #nameOf(role: Role): string {
    return role === 'entry' ? t`entry ${this.#entries}` : ROLES[role].name;
  }

  /** What stands between values, one octet at a time. */
  #structure(bytes: Uint8Array, at: number): number {
    const code = bytes[at] ?? 0;
    if (this.#state === 'in_name') return this.#nameOctet(code, at);
    if (code === NEW_LINE) {
      this.#line++;
      this.#lineStart = this.#offset + at + 1;
      return at + 1;
    }
    if (code === 0x20 || code === 0x0d || code === 0x09) return at + 1;
    const frame = this.#frames.at(-1);
    if (this.#state === 'end' || frame === undefined) {
      if (this.#state === 'value') return this.#beginValue(code, at);
      this.#break(at, t`there is more after the end of the HAR`);
      return at;
    }
    const { close, name, element } = ROLES[frame.role];
    if (code === close && (this.#state === 'next' || this.#mayClose)) {
      this.#frames.pop();
      this.#state = this.#frames.length === 0 ? 'end' : 'next';
      this.#mayClose = false;
      return at + 1;
    }
    this.#mayClose = false;
    switch (this.#state) {
      case 'value':
        return this.#beginValue(code, at);
      case 'name':
        if (code === QUOTE) {
          this.#state = 'in_name';
          this.#name = [];
          return at + 1;
        }
        this.#break(at, t`a member of ${name} has no name`);
        return at;
      case 'colon':
        if (code === 0x3a) {
          this.#role = ROLES[frame.role].members[String.fromCharCode(...this.#name)] ?? 'other';
          this.#state = 'value';
          return at + 1;
        }
        this.#break(at, t`a member of ${name} has no value`);
        return at;
      default:
        if (code === 0x2c) {
          // Some writers leave a comma after the last one.
          this.#mayClose = true;
          this.#state = element === null ? 'name' : 'value';
          if (element !== null) this.#role = element;
          return at + 1;
        }
        this.#break(at, t`${name} is no JSON here`);
        return at;
    }
  }

  #nameOctet(code: number, at: number): number {
    if (this.#escaped) this.#escaped = false;
    else if (code === BACKSLASH) this.#escaped = true;
    else if (code === QUOTE) {
      this.#state = 'colon';
      return at + 1;
    }
    if (this.#name.length < MAX_NAME_BYTES) this.#name.push(code);
    return at + 1;
  }

  #beginValue(code: number, at: number): number {
    const { open, isContainer, isRead } = ROLES[this.#role];
    if (isContainer && (code === open || this.#role !== 'pages')) {
      if (code !== open) {
        const { name } = ROLES[this.#role];
        this.#break(at, open === 0x7b ? t`${name} is no JSON object` : t`${name} is no JSON array`);
        return at;
      }
      this.#frames.push({ role: this.#role });
      const { element } = ROLES[this.#role];
      if (this.#role === 'entries') this.#hasEntries = true;
      this.#state = element === null ? 'name' : 'value';
      if (element !== null) this.#role = element;
      this.#mayClose = true;
      return at + 1;
    }
    this.#begin = this.#place(at);
    this.#beginOffset = this.#offset + at;
    this.#long = [];
    this.#from = isRead ? at : null;
    this.#kept = [];
    this.#keptBytes = 0;
    this.#depth = 0;
    this.#deepest = 0;
    this.#escaped = false;
    this.#inString = code === QUOTE;
    this.#stringOffset = this.#offset + at;
    this.#isText = false;
    this.#isScalar = !this.#inString && code !== 0x7b && code !== 0x5b;
    if (this.#isScalar && !isWord(code)) {
      this.#break(at, t`${this.#nameOf(this.#role)} is no JSON`);
      return at;
    }
    this.#state = 'in_value';
    return this.#inString ? at + 1 : at;
  }

  /** Within a value: on to its end, or to that of the piece. @returns where it stopped */
  #walk(bytes: Uint8Array, start: number): number {
    let at = start;
    if (this.#isScalar) {
      while (at < bytes.length && isWord(bytes[at] ?? 0)) at++;
      if (at < bytes.length) this.#finish(bytes, at);
      return at;
    }
    let depth = this.#depth;
    for (;;) {
      if (this.#inString) {
        at = this.#string(bytes, at);
        if (this.#inString) break;
        if (this.#offset + at - this.#stringOffset > LONG_BYTES) this.#noteLong(bytes, at);
        if (depth === 0) {
          this.#finish(bytes, at);
          return at;
        }
      }
      let code = 0;
      while (at < bytes.length) {
        code = bytes[at++] ?? 0;
        // Of what stands between strings, most is indentation.
        if (code === 0x20) continue;
        if (code === QUOTE) break;
        if (code === 0x7b || code === 0x5b) {
          depth++;
          if (depth > this.#deepest) this.#deepest = depth;
        } else if (code === 0x7d || code === 0x5d) {
          depth--;
          if (depth === 0) {
            this.#finish(bytes, at);
            return at;
          }
        } else if (code === NEW_LINE) {
          this.#line++;
          this.#lineStart = this.#offset + at;
        }
      }
      if (code !== QUOTE) break;
      this.#inString = true;
      this.#stringOffset = this.#offset + at - 1;
      this.#isText = null;
    }
    this.#depth = depth;
    return at;
  }

  /** Within a string: on to behind its closing quotation mark, or to the end of the piece. */
  #string(bytes: Uint8Array, start: number): number {
    const { length } = bytes;
    let at = start;
    if (this.#escaped) {
      this.#escaped = false;
      at++;
    }
    for (;;) {
      const near = Math.min(length, at + WALKED_BYTES);
      while (at < near) {
        const code = bytes[at++];
        if (code === QUOTE) {
          this.#inString = false;
          return at;
        }
        if (code === BACKSLASH) at++;
      }
      if (at >= length) {
        this.#escaped = at > length;
        return length;
      }
      const quote = bytes.indexOf(QUOTE, at);
      const end = quote === -1 ? length : quote;
      let first = end;
      while (first > at && bytes[first - 1] === BACKSLASH) first--;
      const isEscaped = (end - first) % 2 === 1;
      if (quote === -1) {
        this.#escaped = isEscaped;
        return length;
      }
      at = quote + 1;
      if (!isEscaped) {
        this.#inString = false;
        return at;
      }
    }
  }

  /** Whether the string at hand is that of a member "text", as long as what stands before it is there. */
  #lookBack(bytes: Uint8Array): void {
    const quote = this.#stringOffset - this.#offset;
    if (this.#isText !== null || quote < 0) return;
    let at = quote - 1;
    while (at >= 0 && isSpace(bytes[at])) at--;
    const hasColon = bytes[at] === 0x3a;
    at--;
    while (at >= 0 && isSpace(bytes[at])) at--;
    const first = at - TEXT.length + 1;
    this.#isText = hasColon && first >= 0 && TEXT.every((code, index) => bytes[first + index] === code);
  }

  #noteLong(bytes: Uint8Array, end: number): void {
    if (this.#from === null) return;
    this.#lookBack(bytes);
    if (this.#isText !== true) return;
    const start = this.#stringOffset - this.#beginOffset;
    this.#long.push({ start, end: this.#offset + end - this.#beginOffset });
  }

  #keep(bytes: Uint8Array): void {
    this.#keptBytes += bytes.length;
    if (this.#keptBytes > MAX_ENTRY_BYTES) this.#kept = [];
    else this.#kept.push(bytes);
  }

  /** @param end where the value ends in the piece at hand */
  #finish(bytes: Uint8Array, end: number): void {
    const role = this.#role;
    const whole = this.#from === null ? null : this.#whole(bytes.subarray(this.#from, end));
    this.#from = null;
    this.#kept = [];
    this.#state = 'next';
    const told = {
      text: whole === null ? null : this.#text(whole),
      cut: whole === null || this.#long.length === 0 ? NOTHING_CUT : this.#cut(whole),
      ...this.#begin,
    };
    if (role === 'entry') this.#take({ kind: role, index: this.#entries++, ...told });
    else if (role === 'page') this.#take({ kind: role, index: this.#pages++, ...told });
    else if (role === 'creator') this.#take({ kind: role, index: 0, ...told });
  }

  /** @returns the value's octets; null where they are too many, or nested too deeply */
  #whole(last: Uint8Array): Uint8Array | null {
    if (this.#deepest > MAX_DEPTH || this.#keptBytes + last.length > MAX_ENTRY_BYTES) return null;
    if (this.#kept.length === 0) return last;
    const whole = new Uint8Array(this.#keptBytes + last.length);
    let at = 0;
    for (const piece of [...this.#kept, last]) {
      whole.set(piece, at);
      at += piece.length;
    }
    return whole;
  }

  #text(whole: Uint8Array): string {
    let text = '';
    let at = 0;
    for (const [index, { start, end }] of this.#long.entries()) {
      text += `${this.#decoder.decode(whole.subarray(at, start))}"${CUT}${index}"`;
      at = end;
    }
    const rest = this.#decoder.decode(at === 0 ? whole : whole.subarray(at));
    return at === 0 ? rest : text + rest;
  }

  #cut(whole: Uint8Array): CutTexts {
    const octetsOf = (text: string): Uint8Array | null => {
      const long = text.startsWith(CUT) ? this.#long[Number(text.slice(CUT.length))] : undefined;
      return long === undefined ? null : whole.subarray(long.start, long.end);
    };
    return {
      restore: (text) => {
        const octets = octetsOf(text);
        if (octets === null) return text;
        try {
          const value: unknown = JSON.parse(this.#decoder.decode(octets));
          return typeof value === 'string' ? value : null;
        } catch {
          return null;
        }
      },
      peek: (text) => {
        const octets = octetsOf(text);
        // Without its quotation marks.
        return octets === null ? null : { length: octets.length - 2, first: octets[1] ?? 0 };
      },
    };
  }
}

/** `"text"` */
const TEXT: readonly number[] = [0x22, 0x74, 0x65, 0x78, 0x74, 0x22];

function isSpace(code: number | undefined): boolean {
  return code === 0x20 || code === NEW_LINE || code === 0x0d || code === 0x09;
}

/** Of a number or a literal: `[-+.\w]`. */
function isWord(code: number): boolean {
  return (
    (code >= 0x30 && code <= 0x39) ||
    (code >= 0x61 && code <= 0x7a) ||
    (code >= 0x41 && code <= 0x5a) ||
    code === 0x2d ||
    code === 0x2b ||
    code === 0x2e ||
    code === 0x5f
  );
}

function endsWithin(name: string): string {
  return t`it ends within ${name}`;
}
