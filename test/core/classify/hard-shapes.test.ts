import { describe, expect, it } from 'vitest';
import { classify } from '../../../src/core/classify/classify.ts';
import { decode } from '../../../src/core/decode/decode.ts';
import type { Classification } from '../../../src/core/model/token.ts';
import { HARD_SHAPES, type HardShape } from '../../fixtures/hard-shapes.ts';
import { jwt } from '../../fixtures/jwt.ts';

/** @param isClient true for an audience that is a client_id seen in use at its issuer */
function told([, , , header, claims]: HardShape, isClient: boolean): Classification {
  const raw = jwt({ alg: 'RS256', kid: 'k', ...header }, claims, 'c2lnbmF0dXJlLW9mLW5vYm9keQ');
  const places = [{ location: 'authorization_header', name: 'Authorization', scheme: 'bearer' } as const];
  const isClientOf = () => isClient;
  return classify(decode(raw, 'f'), { ...{ provenance: null, stored: null }, places, isClientOf, raw });
}

describe('a token that looks like another', () => {
  it.each(HARD_SHAPES)('%s (%s): %s', (...shape) => {
    const { kind, confidence } = told(shape, false);
    expect(`${kind}, ${confidence}`).toBe(shape[2]);
  });

  it.each(HARD_SHAPES)(
    '%s (%s): is called nothing else for sure, also where its audience is known for a client',
    (...shape) => {
      for (const isClient of [true, false]) {
        const { kind, confidence } = told(shape, isClient);
        // What a session's own maker calls it, and what nothing tells, is wrong for nobody.
        const wrong = ['id_token', 'access_token'].filter((other) => other !== shape[1]);
        if (confidence !== 'weak') expect(wrong).not.toContain(kind);
      }
    },
  );

  it('what calls itself two things is called nothing by that', () => {
    const raw = jwt({ alg: 'HS256' }, { type: 'access', tokenType: 'refresh', sub: 'u', iat: 1, exp: 2 });
    const { kind, confidence } = classify(decode(raw, 'f'), {
      ...{ provenance: null, stored: null, places: [], isClientOf: () => false, raw },
    });
    expect(`${kind}, ${confidence}`).toBe('unknown_jwt, weak');
  });
});
