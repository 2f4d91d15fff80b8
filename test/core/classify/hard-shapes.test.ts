import { describe, expect, it } from 'vitest';
import { classify } from '../../../src/core/classify/classify.ts';
import { decode } from '../../../src/core/decode/decode.ts';
import type { JsonObject } from '../../../src/core/model/json.ts';
import { AT } from '../../fixtures/case.ts';
import { jwt } from '../../fixtures/jwt.ts';

const NOW = AT / 1000;
const T = { iat: NOW - 5, exp: NOW + 900 };

/** Shapes at which a single sign errs: none may be called an ID or an access token that it is not, but with a doubt. */
const SHAPES: readonly (readonly [string, string, JsonObject, JsonObject])[] = [];

describe('a token that looks like another', () => {
  it.each(SHAPES)('%s: %s', (_name, expected, header, claims) => {
    const raw = jwt({ alg: 'RS256', kid: 'k', ...header }, claims, 'c2lnbmF0dXJlLW9mLW5vYm9keQ');
    const places = [{ location: 'authorization_header', name: 'Authorization', scheme: 'bearer' } as const];
    const { kind, confidence } = classify(decode(raw, 'f'), {
      ...{ provenance: null, stored: null, places, isClientOf: () => false, raw },
    });
    expect(`${kind}, ${confidence}`).toBe(expected);
  });

  it('Shopify’s session token is no ID token for certain, though its audience is a client of the shop', () => {
    const [, , header, claims] = SHAPES.find(([name]) => name.startsWith('Shopify')) ?? ['', '', {}, {}];
    const raw = jwt({ alg: 'HS256', ...header }, claims, 'c2lnbmF0dXJlLW9mLW5vYm9keQ');
    const { confidence } = classify(decode(raw, 'f'), {
      ...{ provenance: null, stored: null, places: [], isClientOf: (id) => id === 'api-key', raw },
    });
    expect(confidence).toBe('weak');
  });

  it('what calls itself two things is called nothing by that', () => {
    const raw = jwt({ alg: 'HS256' }, { type: 'access', tokenType: 'refresh', sub: 'u', ...T });
    const { kind, confidence } = classify(decode(raw, 'f'), {
      ...{ provenance: null, stored: null, places: [], isClientOf: () => false, raw },
    });
    expect(`${kind}, ${confidence}`).toBe('unknown_jwt, weak');
  });
});
