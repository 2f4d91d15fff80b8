/** Longer texts are not remembered: what is kept stays small, whatever a page sends. */
const MAX_LENGTH = 512;

/**
 * Remembers what a pure function said of the texts that it was asked about last: an app calls the same few URLs, hosts
 * and issuers again and again.
 * @param answer of a text alone, and never `undefined`
 * @param max answers to keep; beyond, all are forgotten
 */
export function remembering<T extends NonNullable<unknown> | null>(
  answer: (text: string) => T,
  max: number,
): (text: string) => T {
  const answers = new Map<string, T>();
  return (text) => {
    const known = answers.get(text);
    if (known !== undefined) return known;
    const found = answer(text);
    if (text.length > MAX_LENGTH) return found;
    if (answers.size >= max) answers.clear();
    answers.set(text, found);
    return found;
  };
}
