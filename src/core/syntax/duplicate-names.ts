/**
 * Finds a member name that one JSON object has twice: who reads such a text takes the first, the last, or refuses it
 * (RFC 8259 §4; RFC 7515 §4 and RFC 7519 §4 forbid it). Names are compared after their escapes.
 * @param text valid JSON, not nested deeper than what `parseJson` takes
 * @returns the first such name, null where there is none
 */
export function duplicateName(text: string): string | null {
  const objects: (Set<string> | null)[] = [];
  for (let at = 0; at < text.length; at++) {
    const char = text[at];
    if (char === '{') objects.push(new Set());
    else if (char === '[') objects.push(null);
    else if (char === '}' || char === ']') objects.pop();
    else if (char === '"') {
      const end = endOfString(text, at);
      const names = objects.at(-1);
      if (names != null && isName(text, end)) {
        const name = unescaped(text.slice(at, end));
        if (names.has(name)) return name;
        names.add(name);
      }
      at = end - 1;
    }
  }
  return null;
}

/** @returns the index behind the closing quote */
function endOfString(text: string, start: number): number {
  let at = start + 1;
  while (at < text.length && text[at] !== '"') at += text[at] === '\\' ? 2 : 1;
  return at + 1;
}

function isName(text: string, end: number): boolean {
  let at = end;
  while (at < text.length && /\s/.test(text[at] ?? '')) at++;
  return text[at] === ':';
}

function unescaped(literal: string): string {
  try {
    return String(JSON.parse(literal));
  } catch {
    return literal;
  }
}
