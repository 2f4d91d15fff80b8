import * as v from 'valibot';
import type { KeySet } from '../core/model/knowledge.ts';
import type { KeptKeys } from '../core/verify/key-fetcher.ts';
import type { IssuerKeys } from '../core/verify/key-source.ts';
import { metadataSchema } from './session-schemas.ts';

/** Keys in `storage.session`: another version of the extension may have written them. */
const text = v.exactOptional(v.string());

export const keySetSchema: v.GenericSchema<unknown, KeySet> = v.object({
  keys: v.array(
    v.object({
      kty: v.string(),
      ...{ kid: text, alg: text, use: text, n: text, e: text, crv: text, x: text, y: text },
      ...{ pub: text, issuer: text },
      key_ops: v.exactOptional(v.array(v.string())),
      isExposed: v.exactOptional(v.literal(true)),
    }),
  ),
  total: v.exactOptional(v.number()),
});

const issuerKeys: v.GenericSchema<unknown, IssuerKeys> = v.variant('status', [
  v.object({
    status: v.literal('found'),
    metadata: metadataSchema,
    keySet: keySetSchema,
    askedAt: v.exactOptional(v.number()),
    from: v.exactOptional(v.picklist(['issuer', 'recording', 'person'])),
  }),
  v.object({ status: v.literal('unreachable'), text: v.string(), askedAt: v.exactOptional(v.number()) }),
]);

export const keptKeysSchema: v.GenericSchema<unknown, KeptKeys> = v.object({
  issuer: v.string(),
  keys: issuerKeys,
  at: v.number(),
  freshMs: v.number(),
});
