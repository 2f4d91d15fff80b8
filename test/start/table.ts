/**
 * Lays out a table in columns that are as wide as their widest cell, two spaces apart.
 *
 * @param rows cells of one line each; every row has as many as the first, which may be the heads
 * @returns one line a row; none ends with a space
 */
export function layOut(rows: readonly (readonly string[])[]): readonly string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => widthOf(row[column]))));
  return rows.map((row) =>
    row
      .map((cell, column) => cell + ' '.repeat((widths[column] ?? 0) - widthOf(cell)))
      .join('  ')
      .trimEnd(),
  );
}

/** In characters of a terminal, for texts that have no wide ones. */
function widthOf(text = ''): number {
  return [...text].length;
}
