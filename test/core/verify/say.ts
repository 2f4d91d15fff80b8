import { base64url as octets } from 'jose';
import { decode } from '../../../src/core/decode/decode.ts';
import type { JsonObject } from '../../../src/core/model/json.ts';
import type { PublicJwk } from '../../../src/core/model/knowledge.ts';
import type { SignatureState } from '../../../src/core/model/token.ts';
import {
  signatureWithoutKeys,
  verifySignature,
  verifyWithSecret,
} from '../../../src/core/verify/signature.ts';
import type { RfcVector } from '../../fixtures/rfc-vectors.ts';

export const ISSUER = 'https://login.example';

/** What was tried, what must be said of it, and how it is tried. */
export type Case = readonly [what: string, verdict: string, run: () => Promise<string> | string];

/** The state of a token in a word, and why. */
export function told(state: SignatureState | null): string {
  if (state === null) return 'left to the issuer’s keys';
  return state.status === 'unverifiable' ? `unverifiable: ${state.reason}` : state.status;
}

/** As the audit does it: what no key can change first, then with these keys. */
export async function withKeys(raw: string, keys: readonly PublicJwk[]): Promise<string> {
  const token = decode(raw, 'f');
  const early = signatureWithoutKeys(token);
  if (early !== null || token.form !== 'jwt') return told(early);
  const metadata = { issuer: ISSUER, jwksUri: null, endpoints: [] };
  return told(await verifySignature(raw, token, { status: 'found', metadata, keySet: { keys } }));
}

/** A vector whose payload is no JWT Claims Set, or whose issuer is no URL: the signature alone. */
export async function vector({ token: raw, key }: Pick<RfcVector, 'token' | 'key'>): Promise<string> {
  const token = decode(raw, 'f');
  const metadata = { issuer: 'joe', jwksUri: null, endpoints: [] };
  const keys = { status: 'found', metadata, keySet: { keys: [key] } } as const;
  return told(await verifySignature(raw, token.form === 'jwt' ? token : asJwt(raw, { iss: 'joe' }), keys));
}

/** @param secret in base64url */
export async function withSecret(raw: string, secret: string): Promise<string> {
  const token = decode(raw, 'f');
  return told(
    await verifyWithSecret(raw, token.form === 'jwt' ? token : asJwt(raw, {}), octets.decode(secret)),
  );
}

/** What is no JWT for its payload, taken for one. */
function asJwt(raw: string, claims: JsonObject) {
  const header: JsonObject = JSON.parse(Buffer.from(raw.split('.')[0] ?? '', 'base64url').toString());
  return { form: 'jwt', fingerprint: 'f', header, claims, unsigned: false } as const;
}
