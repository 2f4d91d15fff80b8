import * as v from 'valibot';
import type { AuditDetail, ClaimView, TokenView } from '../core/model/view.ts';
import { findingSchema } from './finding.ts';
import { array, strings } from './lists.ts';
import { placeSchema, rowSchema } from './row.ts';
import { checkSchema, classificationSchema, locationSchema, signatureSchema } from './token.ts';
import { passportSchema } from './views.ts';

const claim: v.GenericSchema<unknown, ClaimView> = v.object({
  name: v.string(),
  json: v.string(),
  meaning: v.nullable(v.string()),
  time: v.nullable(v.number()),
});

const token: v.GenericSchema<unknown, TokenView> = v.object({
  fingerprint: v.string(),
  location: locationSchema,
  name: v.string(),
  scheme: v.nullable(v.string()),
  classification: classificationSchema,
  header: array(claim),
  claims: array(claim),
  unreadable: v.nullable(v.string()),
  signature: signatureSchema,
  checks: array(checkSchema),
  issuer: v.nullable(v.string()),
  audiences: strings,
  clientId: v.nullable(v.string()),
  scope: strings,
  expiresAt: v.exactOptional(v.number()),
  issuedIn: v.nullable(placeSchema),
  usedIn: array(placeSchema),
  usedInTotal: v.number(),
  passport: passportSchema,
});

export const detailSchema: v.GenericSchema<unknown, AuditDetail> = v.object({
  row: rowSchema,
  request: v.object({
    method: v.string(),
    url: v.string(),
    initiator: v.nullable(v.string()),
    role: v.string(),
    because: v.string(),
  }),
  summary: v.string(),
  findings: array(findingSchema),
  reports: strings,
  tokens: array(token),
});
