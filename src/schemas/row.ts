import * as v from 'valibot';
import type { SightingLocation, TokenKind } from '../core/model/token.ts';
import type { AuditRow, Place, RowVerdict } from '../core/model/view.ts';
import { unpackRows } from '../packed-rows.ts';
import { array, strings } from './lists.ts';
import { kindSchema, locationSchema } from './token.ts';

export const verdictSchema: v.GenericSchema<unknown, RowVerdict> = v.picklist([
  'error',
  'warning',
  'notice',
  'cantTell',
  'accepted',
  'passed',
]);
export const rowSchema: v.GenericSchema<unknown, AuditRow> = v.object({
  id: v.string(),
  order: v.number(),
  at: v.number(),
  method: v.string(),
  host: v.string(),
  path: v.string(),
  status: v.nullable(v.number()),
  kinds: array(kindSchema),
  locations: array(locationSchema),
  audiences: strings,
  issuers: strings,
  clients: strings,
  tokens: strings,
  verdict: verdictSchema,
  failed: strings,
  accepted: strings,
  cantTell: strings,
  expiresAt: v.exactOptional(v.number()),
});

export const packedRowsSchema: v.GenericSchema<unknown, readonly AuditRow[]> = v.pipe(
  v.unknown(),
  v.rawTransform(({ dataset, addIssue, NEVER }) => {
    const rows = unpackRows(dataset.value, {
      isKind: (word): word is TokenKind => v.is(kindSchema, word),
      isLocation: (word): word is SightingLocation => v.is(locationSchema, word),
      isVerdict: (word): word is RowVerdict => v.is(verdictSchema, word),
    });
    if (rows !== null) return rows;
    addIssue({ message: 'These are no packed rows.' });
    return NEVER;
  }),
);

export const placeSchema: v.GenericSchema<unknown, Place> = v.object({
  row: v.nullable(v.string()),
  at: v.number(),
  method: v.string(),
  host: v.string(),
  path: v.string(),
  verdict: v.nullable(verdictSchema),
});
