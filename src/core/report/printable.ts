/**
 * Controls (ECMA-48), format characters (those among them that change the direction of text, UAX #9), line separators,
 * halves of characters.
 */
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;
/** Of those, all that JSON text (RFC 8259) may hold within its strings, and no line feed between its members. */
const UNPRINTABLE_IN_JSON = /[^\P{Cc}\n]|[\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;

/**
 * What came from the network, for a terminal: what it would obey, or what makes text read as what it is not, is written
 * as in JSON, `\u001b`.
 */
export function printable(text: string): string {
  return text.replace(UNPRINTABLE, escaped);
}

/** The same for JSON text: its value stays what it was. */
export function printableJson(json: string): string {
  return json.replace(UNPRINTABLE_IN_JSON, escaped);
}

function escaped(character: string): string {
  return character
    .split('')
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .join('');
}
