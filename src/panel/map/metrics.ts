/** All lengths are CSS pixels. */
export const METRICS = {
  padding: 12,
  cardPadding: 8,
  nameHeight: 18,
  alsoHeight: 16,
  lineHeight: 20,
  cardGap: 14,
  /** The least room between two columns: edges are seen in it. */
  columnGap: 56,
  cardWidth: 280,
  /** Where the cards of a stack begin; the edges go beside them. */
  gutter: 44,
} as const;
