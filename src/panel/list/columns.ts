/** The columns of the list, and how they share its width. Widths are CSS pixels. */

export const COLUMNS = [
  'verdict',
  'method',
  'where',
  'kinds',
  'rules',
  'audience',
  'issuer',
  'location',
  'status',
  'time',
] as const;
export type Column = (typeof COLUMNS)[number];

/** What a row in two lines shows, in the order in which it is read. */
export const NARROW_COLUMNS: readonly Column[] = ['verdict', 'where', 'status', 'kinds', 'rules', 'time'];

/** A column can't be made narrower or wider. */
export const NARROWEST = 44;
export const WIDEST = 800;
/** What an arrow key adds or takes. */
export const WIDTH_STEP = 16;

/** The column that takes what the others leave, and the least that it is left. */
export const FLEXIBLE = 'where' satisfies Column;
const LEAST_FLEXIBLE = 240;

/** Widths until somebody changes them. */
export const WIDTHS: Readonly<Record<Column, number>> = {
  verdict: 152,
  method: 60,
  where: 260,
  kinds: 136,
  rules: 164,
  audience: 150,
  issuer: 150,
  location: 130,
  status: 56,
  time: 92,
};

/** What goes first where there is no room; the verdict and the place of a request never go. */
const GOES_FIRST: readonly Column[] = [
  'location',
  'issuer',
  'status',
  'audience',
  'time',
  'method',
  'rules',
  'kinds',
];

export type Widths = Readonly<Partial<Record<Column, number>>>;

/** Columns that can't be hidden: without them a row says nothing. */
export function isFixed(column: Column): boolean {
  return column === 'verdict' || column === FLEXIBLE;
}

/** The columns that a list of this width shows. */
export function columnsIn(width: number, hidden: ReadonlySet<Column>, widths: Widths): readonly Column[] {
  let shown = COLUMNS.filter((column) => isFixed(column) || !hidden.has(column));
  for (const column of GOES_FIRST) {
    if (leastWidth(shown, widths) <= width) break;
    shown = shown.filter((one) => one !== column);
  }
  return shown;
}

function leastWidth(columns: readonly Column[], widths: Widths): number {
  return columns.reduce(
    (sum, column) => sum + (column === FLEXIBLE ? LEAST_FLEXIBLE : widthOf(column, widths)),
    0,
  );
}

export function widthOf(column: Column, widths: Widths): number {
  return widths[column] ?? WIDTHS[column];
}

/**
 * The value of `grid-template-columns`: whole pixels, which a browser lays out fastest.
 * @param width what there is for all of them
 */
export function template(columns: readonly Column[], widths: Widths, width: number): string {
  const others = columns.reduce(
    (sum, column) => sum + (column === FLEXIBLE ? 0 : widthOf(column, widths)),
    0,
  );
  const flexible = Math.max(NARROWEST, width - others);
  return columns.map((column) => `${column === FLEXIBLE ? flexible : widthOf(column, widths)}px`).join(' ');
}

/**
 * The widths after the edge at the end of a column was moved. Before the flexible column its own width follows, and that column
 * gives or takes; behind it, the two columns on both sides of the edge share.
 * @param by the way that the edge went towards the end of the line; negative towards its start
 */
export function resize(column: Column, by: number, columns: readonly Column[], widths: Widths): Widths {
  const at = columns.indexOf(column);
  if (at < 0) return widths;
  const next = at >= columns.indexOf(FLEXIBLE) ? columns[at + 1] : undefined;
  let way = by;
  if (column !== FLEXIBLE) way = clamp(widthOf(column, widths) + way) - widthOf(column, widths);
  if (next !== undefined) way = widthOf(next, widths) - clamp(widthOf(next, widths) - way);
  return {
    ...widths,
    ...(column === FLEXIBLE ? {} : { [column]: widthOf(column, widths) + way }),
    ...(next === undefined ? {} : { [next]: widthOf(next, widths) - way }),
  };
}

function clamp(width: number): number {
  return Math.round(Math.max(NARROWEST, Math.min(WIDEST, width)));
}
