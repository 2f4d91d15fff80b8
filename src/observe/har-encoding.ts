/** What a file turns out to be by its first octets. */
export type FileForm = 'utf-8' | 'utf-16le' | 'utf-16be' | 'gzip' | 'zip';

/** Octets that tell the form. */
export const FORM_BYTES = 4;

/**
 * @param head the first {@link FORM_BYTES} octets, or all of a shorter file
 * @returns by byte order mark, by the zeros of UTF-16 about an opening brace (RFC 4627 §3), or by signature (RFC 1952
 *   §2.3.1, ZIP's APPNOTE §4.3.7)
 */
export function formOf(head: Uint8Array): FileForm {
  const [first, second] = head;
  if (first === 0x50 && second === 0x4b) return 'zip';
  if (first === 0x1f && second === 0x8b) return 'gzip';
  if ((first === 0xff && second === 0xfe) || (first === 0x7b && second === 0)) return 'utf-16le';
  if ((first === 0xfe && second === 0xff) || (first === 0 && second === 0x7b)) return 'utf-16be';
  return 'utf-8';
}

/** Turns the pieces of a text file into UTF-8 without byte order mark. */
export class Utf8Stream {
  readonly #encoder = new TextEncoder();
  #decoder: TextDecoder | null = null;
  #head: Uint8Array | null = new Uint8Array();

  /** @returns what is known so far; null for what is no text: an archive or compressed */
  push(bytes: Uint8Array): Uint8Array | null {
    if (this.#head === null) return this.#utf8(bytes);
    const head = joined(this.#head, bytes);
    if (head.length < FORM_BYTES) {
      // The caller may use its piece again.
      this.#head = new Uint8Array(head);
      return new Uint8Array();
    }
    return this.#begin(head);
  }

  /** @returns what is left at the end of the file; null as {@link push} */
  end(): Uint8Array | null {
    const first = this.#head === null ? new Uint8Array() : this.#begin(this.#head);
    if (first === null || this.#decoder === null) return first;
    return joined(first, this.#encoder.encode(this.#decoder.decode()));
  }

  #begin(head: Uint8Array): Uint8Array | null {
    this.#head = null;
    const form = formOf(head);
    if (form === 'gzip' || form === 'zip') return null;
    // Its own byte order mark, the decoder takes away.
    if (form !== 'utf-8') this.#decoder = new TextDecoder(form);
    const hasMark = head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf;
    return this.#utf8(hasMark ? head.subarray(3) : head);
  }

  #utf8(bytes: Uint8Array): Uint8Array {
    return this.#decoder === null
      ? bytes
      : this.#encoder.encode(this.#decoder.decode(bytes, { stream: true }));
  }
}

function joined(a: Uint8Array, b: Uint8Array): Uint8Array {
  if (a.length === 0) return b;
  const both = new Uint8Array(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  return both;
}
