/** A list in which one entry is changed. */
export function replaced<T>(list: readonly T[], entry: T, change: Partial<T>): readonly T[] {
  return list.map((other) => (other === entry ? { ...entry, ...change } : other));
}
