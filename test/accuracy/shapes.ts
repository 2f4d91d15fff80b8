import { readFileSync } from 'node:fs';
import * as v from 'valibot';
import type { JsonObject, JsonValue } from '../../src/core/model/json.ts';
import { rawOf } from '../fixtures/corpus.ts';

const json: v.GenericSchema<JsonValue> = v.lazy(() =>
  v.union([v.null(), v.boolean(), v.number(), v.string(), v.array(json), v.record(v.string(), json)]),
);
const object: v.GenericSchema<JsonObject> = v.record(v.string(), json);

const shapeSchema = v.object({
  id: v.string(),
  kind: v.string(),
  form: v.picklist(['jwt', 'jwe', 'opaque']),
  header: v.nullable(object),
  payload: v.nullable(object),
  client_id: v.nullable(v.string()),
  opaque_template: v.optional(v.string()),
  serialization: v.optional(v.string()),
  raw_quirk: v.optional(v.string()),
  ambiguous: v.optional(v.string()),
  source_checked: v.boolean(),
  legit_destination_examples: v.array(v.string()),
  misuse_destination_examples: v.array(v.string()),
});

/** A documented token shape with where it belongs and where it does not. */
export type Shape = v.InferOutput<typeof shapeSchema>;

export const shapes: readonly Shape[] = v.parse(
  v.array(shapeSchema),
  JSON.parse(readFileSync(new URL('../fixtures/corpus/tokens.json', import.meta.url), 'utf8')),
);

/** Claims that are moments (s since the epoch), where the samples have them. */
const TIMES = ['iat', 'nbf', 'exp', 'auth_time', 'updated_at', 'rat'];
const AGE_S = 60;
const LIFETIME_S = 3600;

/**
 * @param at ms since the epoch
 * @returns the token as somebody would send it at that moment, with a signature that is none
 */
export function tokenAt(shape: Shape, at: number): string {
  const payload = shape.payload === null ? null : shifted(shape.payload, Math.floor(at / 1000));
  const raw = rawOf({ ...shape, payload });
  if (shape.raw_quirk?.includes('padded') !== true) return raw;
  const [header = '', claims = '', ...rest] = raw.split('.');
  return [header, claims.padEnd(Math.ceil(claims.length / 4) * 4, '='), ...rest].join('.');
}

/** The sample's times, moved together: issued a minute ago (or less, where it lives shorter), not yet expired. */
function shifted(payload: JsonObject, now: number): JsonObject {
  const exp = numberOf(payload, 'exp');
  const begin =
    numberOf(payload, 'iat') ?? numberOf(payload, 'nbf') ?? (exp === null ? null : exp - LIFETIME_S);
  if (begin === null) return payload;
  const lifetime = exp === null || exp <= begin ? LIFETIME_S : exp - begin;
  const by = now - Math.min(AGE_S, Math.floor(lifetime / 2)) - begin;
  const moved = TIMES.flatMap((name) => {
    const value = numberOf(payload, name);
    return value === null ? [] : [[name, value + by] as const];
  });
  return {
    ...payload,
    ...Object.fromEntries(moved),
    ...(exp !== null && exp <= begin ? { exp: now + LIFETIME_S } : {}),
  };
}

function numberOf(object: JsonObject, name: string): number | null {
  const value = object[name];
  return typeof value === 'number' ? value : null;
}
