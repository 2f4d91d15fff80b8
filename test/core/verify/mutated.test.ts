import fc from 'fast-check';
import { expect, it } from 'vitest';
import { decode } from '../../../src/core/decode/decode.ts';
import { signatureWithoutKeys, verifySignature } from '../../../src/core/verify/signature.ts';
import { signer } from '../../fixtures/jwt.ts';

const ISSUER = 'https://login.example';
const METADATA = { issuer: ISSUER, jwksUri: null, endpoints: [] };

it.each(['RS256', 'ES256', 'Ed25519'])(
  'a token of %s that was changed anywhere is never verified',
  async (alg) => {
    const key = await signer(alg, 'k1');
    const raw = await key.sign({ typ: 'at+jwt' }, { iss: ISSUER, sub: 'ada', aud: ['a', 'b'], exp: 2e9 });
    const keys = { status: 'found', metadata: METADATA, keySet: { keys: [key.publicJwk] } } as const;
    const stateOf = async (text: string): Promise<string> => {
      const token = decode(text, 'f');
      const early = signatureWithoutKeys(token);
      if (early !== null || token.form !== 'jwt') return early?.status ?? 'unreadable';
      return (await verifySignature(text, token, keys)).status;
    };
    expect(await stateOf(raw)).toBe('verified');
    const letter = fc.constantFrom(...'ABCxyz019-_=.~+/ \n\u00e9');
    const mutation = fc.record({
      at: fc.nat(raw.length),
      drop: fc.nat(3),
      insert: fc.array(letter, { maxLength: 4 }).map((letters) => letters.join('')),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(mutation, { minLength: 1, maxLength: 3 }), async (mutations) => {
        let text = raw;
        for (const { at, drop, insert } of mutations)
          text = text.slice(0, at) + insert + text.slice(at + drop);
        // An SD-JWT without disclosures is the same token (RFC 9901 §4): only "~" was added.
        fc.pre(text !== raw && text !== `${raw}~`);
        expect(await stateOf(text)).not.toBe('verified');
      }),
      { numRuns: 400 },
    );
  },
);
