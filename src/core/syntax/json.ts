import type { JsonObject, JsonValue } from '../model/json.ts';

/** Deeper than any token or metadata document that was seen, and shallow enough for every recursive reader. */
const MAX_DEPTH = 64;

/**
 * Parses text that an attacker wrote.
 * @returns the value, or null where it is not JSON (RFC 8259) or nested deeper than 64 levels
 */
export function parseJson(text: string): { readonly value: JsonValue } | null {
  if (opens(text, MAX_DEPTH) && isDeeperThan(text, MAX_DEPTH)) return null;
  try {
    const value: JsonValue = JSON.parse(text);
    return { value };
  } catch {
    return null;
  }
}

/** As {@link parseJson}, for what must be a JSON object. */
export function parseJsonObject(text: string): JsonObject | null {
  const parsed = parseJson(text);
  return parsed !== null && isJsonObject(parsed.value) ? parsed.value : null;
}

export function isJsonObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The object's own member: a claim named `constructor` or `__proto__` is data like any other. */
export function member(object: JsonObject, name: string): JsonValue | undefined {
  return Object.hasOwn(object, name) ? object[name] : undefined;
}

/** The member where it is a string that says something. */
export function stringMember(object: JsonObject, name: string): string | null {
  const value = member(object, name);
  return typeof value === 'string' && value !== '' ? value : null;
}

/** The member's strings: of an array, or of a single string (as `aud`, RFC 7519 §4.1.3). */
export function stringsMember(object: JsonObject, name: string): readonly string[] {
  const value = member(object, name);
  if (typeof value === 'string') return value === '' ? [] : [value];
  if (!Array.isArray(value)) return [];
  return value.filter((item): item is string => typeof item === 'string' && item !== '');
}

/** The member's words: space-separated (as `scope`, RFC 6749 §3.3), or an array of them (as some issuers write it). */
export function wordsMember(object: JsonObject, name: string): readonly string[] {
  return stringsMember(object, name).flatMap((words) => words.split(' ').filter((word) => word !== ''));
}

/** The member where it is a finite number, as NumericDate is (RFC 7519 §2): s since the epoch. */
export function numberMember(object: JsonObject, name: string): number | null {
  const value = member(object, name);
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}

/** True where a text has more opening brackets than `limit`: any other can't be nested deeper. */
function opens(text: string, limit: number): boolean {
  let count = 0;
  for (const bracket of ['{', '[']) {
    for (let at = text.indexOf(bracket); at !== -1; at = text.indexOf(bracket, at + 1)) {
      if (++count > limit) return true;
    }
  }
  return false;
}

function isDeeperThan(text: string, limit: number): boolean {
  let depth = 0;
  let inString = false;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (inString) {
      if (code === 0x5c) at++;
      else if (code === 0x22) inString = false;
    } else if (code === 0x22) inString = true;
    else if (code === 0x7b || code === 0x5b) {
      if (++depth > limit) return true;
    } else if (code === 0x7d || code === 0x5d) depth--;
  }
  return false;
}
