import { readSync } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { createInflateRaw, inflateRawSync } from 'node:zlib';

/** The parts of APPNOTE.TXT (https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT) that a reader needs. */
const END = { signature: 0x06054b50, length: 22, maxComment: 65_535 } as const;
const CENTRAL = { signature: 0x02014b50, length: 46 } as const;
const LOCAL = { signature: 0x04034b50, length: 30 } as const;
const STORED = 0;
const DEFLATED = 8;
const ENCRYPTED = 1;

/** The list of a test run's files is far shorter. */
const MAX_LIST_BYTES = 67_108_864;
/** So much is read at once. */
const PIECE_BYTES = 1_048_576;

interface ZipEntry {
  readonly name: string;
  readonly isDeflated: boolean;
  /** As it is packed, in octets. */
  readonly size: number;
  /** Where its own header begins. */
  readonly at: number;
}

/** An archive of which only the list was read. */
export class ZipFile {
  readonly #file: FileHandle;
  readonly #entries: ReadonlyMap<string, ZipEntry>;

  private constructor(file: FileHandle, entries: ReadonlyMap<string, ZipEntry>) {
    this.#file = file;
    this.#entries = entries;
  }

  /** @returns null for what is none, is damaged, or is of a form (encrypted, ZIP64, other methods) that is not read */
  static async open(file: FileHandle, size: number): Promise<ZipFile | null> {
    const from = Math.max(0, size - END.length - END.maxComment);
    const tail = await bytesAt(file, from, size - from);
    const end = tail.lastIndexOf(Buffer.from([0x50, 0x4b, 5, 6]));
    if (end < 0 || end + END.length > tail.length) return null;
    const [length, at] = [tail.readUInt32LE(end + 12), tail.readUInt32LE(end + 16)];
    if (length > MAX_LIST_BYTES || at + length > size) return null;
    const entries = entriesOf(await bytesAt(file, at, length));
    return entries === null ? null : new ZipFile(file, entries);
  }

  get names(): readonly string[] {
    return [...this.#entries.keys()];
  }

  sizeOf(name: string): number {
    return this.#entries.get(name)?.size ?? 0;
  }

  /** An entry's octets, a piece at a time; they end early where it is damaged. @param note is told how many were read */
  pieces(name: string, note: (bytes: number) => void): AsyncIterable<Uint8Array> {
    const entry = this.#entries.get(name);
    if (entry === undefined) return Readable.from([]);
    const packed = Readable.from(this.#packed(entry, note));
    if (!entry.isDeflated) return packed;
    const unpacked = createInflateRaw();
    packed.on('error', (error) => unpacked.destroy(error));
    return packed.pipe(unpacked);
  }

  /** @returns an entry as a whole; null where there is none, it is damaged, or larger than this */
  read(name: string, limit: number): Uint8Array | null {
    const entry = this.#entries.get(name);
    if (entry === undefined || entry.size > limit) return null;
    const header = Buffer.alloc(LOCAL.length);
    const packed = Buffer.alloc(entry.size);
    try {
      readSync(this.#file.fd, header, 0, header.length, entry.at);
      const start = startOf(entry, header);
      if (start === null) return null;
      const read = readSync(this.#file.fd, packed, 0, packed.length, start);
      if (read < packed.length) return null;
      return entry.isDeflated ? inflateRawSync(packed, { maxOutputLength: limit }) : packed;
    } catch {
      return null;
    }
  }

  async *#packed(entry: ZipEntry, note: (bytes: number) => void): AsyncGenerator<Buffer> {
    const start = startOf(entry, await bytesAt(this.#file, entry.at, LOCAL.length));
    if (start === null) return;
    for (let at = 0; at < entry.size; ) {
      const piece = await bytesAt(this.#file, start + at, Math.min(PIECE_BYTES, entry.size - at));
      if (piece.length === 0) return;
      at += piece.length;
      note(piece.length);
      yield piece;
    }
  }
}

/** @returns null where the list is damaged, or has what is not read */
function entriesOf(list: Buffer): ReadonlyMap<string, ZipEntry> | null {
  const entries = new Map<string, ZipEntry>();
  for (let at = 0; at < list.length; ) {
    if (at + CENTRAL.length > list.length || list.readUInt32LE(at) !== CENTRAL.signature) return null;
    const [flags, method] = [list.readUInt16LE(at + 8), list.readUInt16LE(at + 10)];
    const lengths = [28, 30, 32].map((offset) => list.readUInt16LE(at + offset));
    const [nameLength = 0] = lengths;
    const start = at + CENTRAL.length;
    const name = list.toString('utf8', start, start + nameLength);
    const entry = { name, size: list.readUInt32LE(at + 20), at: list.readUInt32LE(at + 42) };
    if ((flags & ENCRYPTED) !== 0 || (method !== STORED && method !== DEFLATED)) return null;
    if (entry.size === 0xffff_ffff || entry.at === 0xffff_ffff) return null;
    entries.set(name, { ...entry, isDeflated: method === DEFLATED });
    at = start + lengths.reduce((sum, length) => sum + length, 0);
  }
  return entries;
}

/** Where an entry's octets begin: its own header may be longer than the list says. */
function startOf({ at }: ZipEntry, header: Buffer): number | null {
  if (header.length < LOCAL.length || header.readUInt32LE(0) !== LOCAL.signature) return null;
  return at + LOCAL.length + header.readUInt16LE(26) + header.readUInt16LE(28);
}

async function bytesAt(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const buffer = Buffer.alloc(length);
  let read = 0;
  while (read < length) {
    const { bytesRead } = await file.read(buffer, read, length - read, position + read);
    if (bytesRead === 0) break;
    read += bytesRead;
  }
  return buffer.subarray(0, read);
}
