import { t } from '../core/text.ts';
import { FORM_BYTES, formOf } from '../observe/har-file.ts';
import { nextTask } from './next-task.ts';

/** The beginning, in which a report tells itself from a HAR. */
const HEAD_BYTES = 65_536;
/** No more is read at once. */
const PIECE_BYTES = 1_048_576;
/** So much of a gzipped file is unpacked at once: it becomes 1032 times as much at most (zlib's own bound). */
const SLICE_BYTES = 16_384;

/** A file of which nothing but its beginning was read. */
export interface OpenedFile {
  readonly form: 'har' | 'report' | 'archive';
  /** How many of the file's own octets were read so far. */
  readonly read: () => number;
  /** Its octets, unpacked where it is gzipped. Throws where it can't be read, or is damaged: after all that could be. */
  readonly pieces: AsyncIterable<Uint8Array>;
}

/** What a gzipped file is when it can't be unpacked to its end. */
export class DamagedError extends Error {}

/**
 * Opens a file that a person brought. Whatever its size, no more than a piece of it is held.
 * @throws what the browser says where it can't be read
 */
export async function openFile(file: Blob): Promise<OpenedFile> {
  const form = formOf(new Uint8Array(await file.slice(0, FORM_BYTES).arrayBuffer()));
  const isGzip = form === 'gzip';
  let read = 0;
  const whole = octetsOf(file, (bytes) => {
    read += bytes;
  });
  const head = octetsOf(file.slice(0, HEAD_BYTES), () => {});
  const text = await headOf(isGzip ? gunzipped(head) : head);
  return {
    form: form === 'zip' ? 'archive' : isReport(text) ? 'report' : 'har',
    read: () => read,
    pieces: isGzip ? gunzipped(whole) : whole,
  };
}

/** The octets of a file, a piece at a time. A piece is good until the next but one is asked for. */
function octetsOf(file: Blob, note: (bytes: number) => void): AsyncGenerator<Uint8Array> {
  let reader: ReadableStreamBYOBReader;
  try {
    reader = file.stream().getReader({ mode: 'byob' });
  } catch {
    // This browser's files are no byte streams.
    return octetsBySlices(file, note);
  }
  return octetsByReader(reader, note);
}

/**
 * Reads on while the piece before is worked on, into two buffers by turns. What is allocated for each piece anew is freed
 * late: of a file of 1 GB, Firefox held 300 MB of such pieces.
 */
async function* octetsByReader(
  reader: ReadableStreamBYOBReader,
  note: (bytes: number) => void,
): AsyncGenerator<Uint8Array> {
  const begin = (buffer: ArrayBuffer) => {
    const reading = reader.read(new Uint8Array(buffer));
    // What goes wrong is told when it is waited for.
    reading.catch(ignored);
    return reading;
  };
  try {
    let [reading, other] = [begin(new ArrayBuffer(PIECE_BYTES)), new ArrayBuffer(PIECE_BYTES)];
    for (;;) {
      const { done, value } = await reading;
      if (done) return;
      reading = begin(other);
      note(value.length);
      yield value;
      other = value.buffer;
    }
  } finally {
    reader.cancel().catch(ignored);
  }
}

/** The same, where a file's stream gives pieces of its own choice: perhaps all of a file at once. */
async function* octetsBySlices(file: Blob, note: (bytes: number) => void): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < file.size; at += PIECE_BYTES) {
    const piece = new Uint8Array(await file.slice(at, at + PIECE_BYTES).arrayBuffer());
    note(piece.length);
    yield piece;
  }
}

/**
 * Undoes gzip (RFC 1952). A decompression stream that fails forgets what it had ready, so all of that is taken before it
 * gets more: of a file that is cut off, everything before the end is there.
 */
async function* gunzipped(packed: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const { readable, writable } = new DecompressionStream('gzip');
  const [reader, writer] = [readable.getReader(), writable.getWriter()];
  // What goes wrong is told to who reads.
  for (const told of [writer.closed, reader.closed]) told.catch(ignored);
  const next = () => {
    const reading = reader.read();
    reading.catch(ignored);
    return reading;
  };
  try {
    let reading = next();
    for await (const piece of slicesOf(packed)) {
      let isTaken = false;
      const taken = writer.write(piece).then(() => {
        isTaken = true;
      }, ignored);
      for (;;) {
        const ready = await unpacked(Promise.race([reading, isTaken ? nextTask() : taken.then(nextTask)]));
        if (ready === undefined) break;
        if (ready.done) return;
        yield ready.value;
        reading = next();
      }
    }
    writer.close().catch(ignored);
    for (;;) {
      const ready = await unpacked(reading);
      if (ready.done) return;
      yield ready.value;
      reading = next();
    }
  } finally {
    writer.abort().catch(ignored);
    reader.cancel().catch(ignored);
  }
}

async function* slicesOf(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  for await (const piece of pieces) {
    // A copy: streams may take away the memory of what they are given.
    for (let at = 0; at < piece.length; at += SLICE_BYTES) yield piece.slice(at, at + SLICE_BYTES);
  }
}

async function unpacked<T>(reading: Promise<T>): Promise<T> {
  try {
    return await reading;
  } catch (cause) {
    const why = t`it is compressed, and damaged or cut off`;
    throw new DamagedError(why, { cause });
  }
}

async function headOf(pieces: AsyncIterable<Uint8Array>): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  try {
    for await (const piece of pieces) {
      text += decoder.decode(piece, { stream: true });
      if (text.length >= HEAD_BYTES) break;
    }
  } catch (error) {
    // The head of a gzipped file is cut off; what is damaged is told when it is read as a whole.
    if (!(error instanceof DamagedError)) throw error;
  }
  return text;
}

/** A report begins with its version; a HAR, sooner or later, with its log. */
function isReport(head: string): boolean {
  return /^\s*\{[\s\S]*?"(schemaVersion|log)"/.exec(head.slice(0, HEAD_BYTES))?.[1] === 'schemaVersion';
}

function ignored(): void {}
