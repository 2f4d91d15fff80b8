/** Longer names are no typing mistakes of ours. */
const MAX_LENGTH = 64;

/**
 * The known name that somebody most likely meant: one that differs in case and separators only, or in a few letters.
 * @returns null where none is near
 */
export function suggest(name: string, known: readonly string[]): string | null {
  if (name.length > MAX_LENGTH) return null;
  const bare = bareOf(name);
  const allowed = Math.max(1, Math.floor(bare.length / 3));
  let best: { readonly name: string; readonly distance: number } | null = null;
  for (const candidate of known) {
    const other = bareOf(candidate);
    const isBegun = bare.length >= 3 && other.startsWith(bare);
    const distance = isBegun ? 1 : distanceOf(bare, other);
    if (distance <= allowed && (best === null || distance < best.distance))
      best = { name: candidate, distance };
  }
  return best?.name ?? null;
}

function bareOf(name: string): string {
  return name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
}

/** Levenshtein's: how many letters must be put in, taken out or changed. */
function distanceOf(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(change, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
