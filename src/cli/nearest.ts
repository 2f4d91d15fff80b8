/** A longer word is none that somebody mistyped. */
const MAX_LENGTH = 64;

/** @returns `: did you mean "x"?` where one of the names is near to what was written; nothing elsewhere */
export function nearest(written: string, names: readonly string[]): string {
  if (written.length > MAX_LENGTH) return '';
  const [best] = names
    .map((name) => ({ name, distance: distanceOf(written.toLowerCase(), name) }))
    .sort((a, b) => a.distance - b.distance);
  const isNear = best !== undefined && best.distance <= Math.max(2, Math.floor(best.name.length / 3));
  const within = names.filter((name) => written.length >= 3 && name.includes(written.toLowerCase()));
  const meant = isNear ? [best.name] : within.slice(0, 3);
  return meant.length === 0 ? '' : `: did you mean ${meant.map((name) => `"${name}"`).join(' or ')}?`;
}

/** How many characters are to be put in, taken out or replaced (Levenshtein's distance). */
function distanceOf(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
