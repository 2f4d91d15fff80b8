import type { FormField } from '../core/model/exchange.ts';

/** Parts of one body that are read, and the length of each one's headers. */
const MAX_PARTS = 1_000;
const MAX_HEADERS_LENGTH = 4_096;

/**
 * Reads the fields of a `multipart/form-data` body (RFC 7578 §4). Files are left out, but for JSON: that is how apps send it
 * beside them.
 * @param mediaType with its boundary (RFC 2046 §5.1.1); `''` where the witness doesn't tell it
 * @returns null for what is no such body
 */
export function multipartFields(mediaType: string, text: string): readonly FormField[] | null {
  const told = /^multipart\/.*;\s*boundary=(?:"([^"]+)"|([^\s;]+))/is.exec(mediaType);
  const seen = /^--([^\r\n]{1,70})\r\ncontent-disposition:\s*form-data;/i.exec(text);
  const boundary = told?.[1] ?? told?.[2] ?? (mediaType === '' ? seen?.[1] : undefined);
  if (boundary === undefined) return null;
  const parts = `\r\n${text}`.split(`\r\n--${boundary}`, MAX_PARTS).slice(1);
  return parts.length === 0 ? null : parts.flatMap(fieldOf);
}

function fieldOf(part: string): readonly FormField[] {
  const end = part.indexOf('\r\n\r\n');
  const headers = part.slice(0, Math.min(Math.max(end, 0), MAX_HEADERS_LENGTH));
  const name = /^content-disposition:.*;\s*name="((?:[^"\\]|\\.)*)"/im.exec(headers)?.[1];
  if (end === -1 || name === undefined) return [];
  const isFile = /^content-disposition:.*;\s*filename\*?=/im.test(headers);
  const isJson = /^content-type:\s*application\/(?:[\w.-]+\+)?json/im.test(headers);
  return isFile && !isJson ? [] : [{ name, value: part.slice(end + 4) }];
}
