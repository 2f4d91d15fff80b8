import { brotliDecompressSync, gunzipSync, inflateSync } from 'node:zlib';
import type { Inflate } from '../observe/har-file.ts';

/** A body that gets larger than this is none that is read, or an attack. */
const MAX_BYTES = 4_194_304;

/** Undoes the content codings of RFC 9110 §8.4.1, and Brotli (RFC 7932). */
export const inflate: Inflate = (bytes, coding) => {
  const limits = { maxOutputLength: MAX_BYTES };
  try {
    if (coding === 'gzip' || coding === 'x-gzip') return gunzipSync(bytes, limits);
    if (coding === 'deflate') return inflateSync(bytes, limits);
    if (coding === 'br') return brotliDecompressSync(bytes, limits);
  } catch {
    // The tool that wrote it had decoded it after all, or it is cut off.
  }
  return null;
};
