import * as v from 'valibot';
import {
  type Check,
  type Classification,
  type Confidence,
  type Evidence,
  type KeyFacts,
  type Outcome,
  SIGHTING_LOCATIONS,
  type SightingLocation,
  type SignatureState,
  TOKEN_KINDS,
  type TokenKind,
  type UnverifiableReason,
} from '../core/model/token.ts';
import { array } from './lists.ts';

export const kindSchema: v.GenericSchema<unknown, TokenKind> = v.picklist(TOKEN_KINDS);

export const locationSchema: v.GenericSchema<unknown, SightingLocation> = v.picklist(SIGHTING_LOCATIONS);

export const confidenceSchema: v.GenericSchema<unknown, Confidence> = v.picklist([
  'certain',
  'strong',
  'weak',
]);
const outcome: v.GenericSchema<unknown, Outcome> = v.picklist([
  'passed',
  'failed',
  'cantTell',
  'inapplicable',
]);

export const evidenceSchema: v.GenericSchema<unknown, Evidence> = v.object({
  source: v.picklist(['provenance', 'typing', 'audience', 'claims', 'parameter', 'storage', 'vendor']),
  says: kindSchema,
  text: v.string(),
  exchange: v.nullable(v.string()),
});

export const classificationSchema: v.GenericSchema<unknown, Classification> = v.object({
  kind: kindSchema,
  confidence: confidenceSchema,
  evidence: array(evidenceSchema),
});

const unverifiable: v.GenericSchema<unknown, UnverifiableReason> = v.picklist([
  'not_checked_yet',
  'issuer_missing',
  'issuer_unknown',
  'issuer_not_approved',
  'issuer_unreachable',
  'issuer_mismatch',
  'no_matching_key',
  'key_rejected',
  'symmetric',
  'encrypted',
  'opaque',
  'malformed',
]);

const keyFacts: v.GenericSchema<unknown, KeyFacts> = v.object({
  type: v.string(),
  bits: v.nullable(v.number()),
  curve: v.nullable(v.string()),
  use: v.nullable(v.string()),
  alg: v.nullable(v.string()),
  from: v.picklist(['issuer', 'recording', 'person']),
});

export const signatureSchema: v.GenericSchema<unknown, SignatureState> = v.variant('status', [
  v.object({
    status: v.literal('verified'),
    keyId: v.nullable(v.string()),
    key: v.exactOptional(keyFacts),
  }),
  v.object({
    status: v.literal('invalid'),
    reason: v.string(),
    keyId: v.nullable(v.string()),
    key: v.exactOptional(keyFacts),
  }),
  v.object({ status: v.literal('unsecured') }),
  v.object({ status: v.literal('unverifiable'), reason: unverifiable, text: v.string() }),
]);

export const checkSchema: v.GenericSchema<unknown, Check> = v.object({
  id: v.picklist([
    'signature',
    'alg',
    'key',
    'typ',
    'crit',
    'iss',
    'aud',
    'azp',
    'exp',
    'nbf',
    'iat',
    'nonce',
    'at_hash',
    'c_hash',
  ]),
  outcome,
  text: v.string(),
  counterpartSeen: v.exactOptional(v.boolean()),
});
