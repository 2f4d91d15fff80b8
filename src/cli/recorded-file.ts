import { type FileHandle, open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { type Attached, formOf, MAX_BODY_BYTES } from '../observe/har-file.ts';
import { InputError } from './arguments.ts';
import { attachedBy, attachedIn } from './attached-bodies.ts';
import { reasonOf } from './reason-of.ts';
import { ZipFile } from './zip-file.ts';

/** So much is read at once. */
const PIECE_BYTES = 4_194_304;
/** The beginning, in which a report tells itself from a HAR. */
const HEAD_BYTES = 65_536;

/** A file, open, of which nothing but its beginning was read. */
export interface RecordedFile {
  readonly form: 'har' | 'report';
  /** Its size on the disk in octets; 0 where it is no regular file. */
  readonly size: number;
  /** How much of it was read so far. */
  readonly read: () => number;
  /** Its octets, unpacked where it is gzipped. A piece is good until the next is asked for. */
  readonly pieces: AsyncIterable<Uint8Array>;
  /** Bodies that stand in files of their own. */
  readonly attached: Attached;
  readonly close: () => Promise<void>;
}

/** What standard input is called, for the command and for people. */
export const STDIN = '-';

/**
 * @param name `-` for standard input
 * @throws InputError where it can't be read
 */
export async function openRecorded(
  name: string,
  stdin: AsyncIterable<Uint8Array> = process.stdin,
): Promise<RecordedFile> {
  if (name === STDIN) return openStream(stdin);
  let handle: FileHandle | null = null;
  try {
    handle = await open(name);
    const file = handle;
    const information = await file.stat();
    if (information.isDirectory())
      throw new InputError(`${name}: it is a folder, not a file: give a pattern such as '${name}/**/*.har'`);
    const progress = { read: 0 };
    const first = await nextPiece(file, Buffer.allocUnsafe(PIECE_BYTES), progress);
    const form = formOf(first);
    if (form === 'zip') return await openArchive(name, file, information.size);
    const isGzip = form === 'gzip';
    const pieces = isGzip
      ? gunzipped(Readable.from(piecesOf(file, first, progress, true)))
      : piecesOf(file, first, progress, false);
    const head = await headOf(pieces, isGzip ? null : first);
    return {
      form: isReport(head.bytes) ? 'report' : 'har',
      size: information.size,
      read: () => progress.read,
      pieces: head.pieces,
      attached: attachedIn(dirname(name)),
      close: () => file.close(),
    };
  } catch (error) {
    await handle?.close();
    throw error instanceof InputError ? error : new InputError(`${name}: ${reasonOf(error)}`);
  }
}

/** What a program hands over: a HAR or a report, gzipped perhaps. */
async function openStream(stdin: AsyncIterable<Uint8Array>): Promise<RecordedFile> {
  const progress = { read: 0 };
  const counted = async function* (): AsyncGenerator<Uint8Array> {
    for await (const piece of stdin) {
      progress.read += piece.length;
      yield piece;
    }
  };
  const told = await headOf(counted(), null);
  const form = formOf(told.bytes);
  if (form === 'zip') throw new InputError('standard input: it is an archive: give its file');
  const head = form === 'gzip' ? await headOf(gunzipped(Readable.from(told.pieces)), null) : told;
  return {
    form: isReport(head.bytes) ? 'report' : 'har',
    ...{ size: 0, read: () => progress.read, pieces: head.pieces },
    attached: () => null,
    close: async () => {},
  };
}

/** A HAR as Playwright packs it, with the bodies beside it. */
async function openArchive(name: string, file: FileHandle, size: number): Promise<RecordedFile> {
  const archive = await ZipFile.open(file, size);
  if (archive === null) throw new InputError(`${name}: it is an archive that can't be read: unpack it first`);
  const [har, ...more] = archive.names.filter((one) => /\.har$/i.test(one));
  if (har === undefined) throw new InputError(`${name}: it is an archive without a HAR`);
  if (more.length > 0) throw new InputError(`${name}: it is an archive of several HARs: unpack it first`);
  const folder = har.slice(0, har.lastIndexOf('/') + 1);
  const progress = { read: 0 };
  return {
    form: 'har',
    size: archive.sizeOf(har),
    read: () => progress.read,
    pieces: archive.pieces(har, (bytes) => {
      progress.read += bytes;
    }),
    attached: attachedBy((one) => archive.read(folder + one, MAX_BODY_BYTES)),
    close: () => file.close(),
  };
}

function gunzipped(packed: Readable): Readable {
  const unpacked = createGunzip();
  packed.on('error', (error) => unpacked.destroy(error));
  return packed.pipe(unpacked);
}

async function nextPiece(file: FileHandle, buffer: Buffer, progress: { read: number }): Promise<Buffer> {
  const { bytesRead } = await file.read(buffer, 0, buffer.length, null);
  progress.read += bytesRead;
  return buffer.subarray(0, bytesRead);
}

/**
 * Reads on while the piece before is worked on.
 * @param isKept true where the reader keeps pieces, so that each needs memory of its own
 */
async function* piecesOf(
  file: FileHandle,
  first: Buffer,
  progress: { read: number },
  isKept: boolean,
): AsyncGenerator<Buffer> {
  const spare = [Buffer.allocUnsafe(PIECE_BYTES), Buffer.allocUnsafe(PIECE_BYTES)] as const;
  let turn = 0;
  const next = () => {
    turn = 1 - turn;
    const buffer = isKept ? Buffer.allocUnsafe(PIECE_BYTES) : turn === 0 ? spare[0] : spare[1];
    const reading = nextPiece(file, buffer, progress);
    // What goes wrong is told when it is waited for.
    reading.catch(() => undefined);
    return reading;
  };
  let piece = first;
  while (piece.length > 0) {
    const reading = next();
    yield piece;
    piece = await reading;
  }
}

/** Looks at the beginning without taking it away. */
async function headOf(
  pieces: AsyncIterable<Uint8Array>,
  known: Uint8Array | null,
): Promise<{ readonly bytes: Uint8Array; readonly pieces: AsyncIterable<Uint8Array> }> {
  if (known !== null) return { bytes: known, pieces };
  const iterator = pieces[Symbol.asyncIterator]();
  const first = await firstOf(iterator);
  return {
    bytes: first.value,
    pieces: {
      async *[Symbol.asyncIterator]() {
        yield first.value;
        if (first.error !== null) throw first.error;
        for (;;) {
          const next = await iterator.next();
          if (next.done === true) return;
          yield next.value;
        }
      },
    },
  };
}

/** What breaks at once breaks when it is read. */
async function firstOf(
  iterator: AsyncIterator<Uint8Array>,
): Promise<{ readonly value: Uint8Array; readonly error: unknown }> {
  try {
    const next = await iterator.next();
    return { value: next.done === true ? new Uint8Array() : next.value, error: null };
  } catch (error) {
    return { value: new Uint8Array(), error };
  }
}

/** A report begins with its version; a HAR, sooner or later, with its log. */
function isReport(bytes: Uint8Array): boolean {
  const text = new TextDecoder().decode(bytes.subarray(0, HEAD_BYTES));
  return /^\s*\{[\s\S]*?"(schemaVersion|log)"/.exec(text)?.[1] === 'schemaVersion';
}
