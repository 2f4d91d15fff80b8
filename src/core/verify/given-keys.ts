import { base64url } from 'jose';
import type { JsonObject } from '../model/json.ts';
import type { KeySet, PublicJwk } from '../model/knowledge.ts';
import { isJsonObject, member, parseJson, stringMember } from '../syntax/json.ts';
import { readKeySet, readPublicJwk } from '../syntax/metadata.ts';
import { t } from '../text.ts';
import { publicKeyFromDer } from './der.ts';

/** What a person gave as keys, read; or why it can't be, in a clause for people. */
export type GivenKeySet =
  | { readonly read: true; readonly keySet: KeySet }
  | { readonly read: false; readonly problem: string };

/** Longer than any key set or bundle of certificates. */
export const MAX_GIVEN_LENGTH = 1_048_576;
const MAX_BLOCKS = 100;

/**
 * Reads keys that a person pasted or named: a JWK Set (RFC 7517 §5), one JWK, or PEM (RFC 7468): public keys and certificates,
 * as many as there are. A certificate is not validated: the person who gives it vouches for it.
 */
export function readGivenKeySet(given: string): GivenKeySet {
  const text = given.replace(/^\uFEFF/, '').trim();
  if (text === '') return problem(t`there is nothing`);
  if (text.length > MAX_GIVEN_LENGTH) return problem(t`it is longer than ${MAX_GIVEN_LENGTH} characters`);
  return /^-----BEGIN /m.test(text) ? readPem(text) : readJson(text);
}

function readJson(text: string): GivenKeySet {
  const parsed = parseJson(text);
  if (parsed === null || !isJsonObject(parsed.value))
    return problem(t`it is neither a JWK Set, nor a JWK, nor PEM`);
  return givenKeySetOf(parsed.value);
}

/** As {@link readGivenKeySet}, of JSON that was read. */
export function givenKeySetOf(document: JsonObject): GivenKeySet {
  const keySet = readKeySet(document);
  if (keySet !== null) {
    if (keySet.keys.length > 0) return given(keySet.keys);
    const keys = member(document, 'keys');
    return problem(
      Array.isArray(keys) && keys.some((key) => isJsonObject(key) && stringMember(key, 'kty') === 'oct')
        ? t`its keys are secrets ("oct"), not public keys: a secret is given as such`
        : t`its "keys" hold no public key for signatures`,
    );
  }
  const [key] = readPublicJwk(document);
  if (key !== undefined) return given([key]);
  return stringMember(document, 'kty') === 'oct'
    ? problem(t`it is a secret ("oct"), not a public key: a secret is given as such`)
    : problem(t`it is neither a JWK Set ({"keys": […]}) nor a public JWK`);
}

const BLOCK = /-----BEGIN ([A-Z0-9 ]{1,64})-----([^-]*)-----END \1-----/g;
const PUBLIC: ReadonlySet<string> = new Set([
  'PUBLIC KEY',
  'RSA PUBLIC KEY',
  'CERTIFICATE',
  'X509 CERTIFICATE',
  'TRUSTED CERTIFICATE',
]);

function readPem(text: string): GivenKeySet {
  const keys: PublicJwk[] = [];
  let blocks = 0;
  for (const [, label = '', body = ''] of text.matchAll(BLOCK)) {
    if (++blocks > MAX_BLOCKS) return problem(t`it has more than ${MAX_BLOCKS} parts`);
    if (label.includes('PRIVATE KEY'))
      return problem(t`it is a private key: keep it to yourself, and give the public one`);
    if (!PUBLIC.has(label)) return problem(t`it holds a ${label}, not a public key or a certificate`);
    const der = octetsOf(body);
    const key = der === null ? null : publicKeyFromDer(der);
    if (key === null)
      return problem(t`its ${label} can't be read as an RSA, EC (P-256, P-384, P-521) or Ed25519 key`);
    keys.push(key);
  }
  return keys.length === 0
    ? problem(t`its PEM is not complete: BEGIN and END must both be there`)
    : given(keys);
}

function octetsOf(body: string): Uint8Array | null {
  const compact = body.replace(/\s+/g, '').replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
  if (!/^[\w-]*$/.test(compact)) return null;
  try {
    return base64url.decode(compact);
  } catch {
    return null;
  }
}

/** A person's own file may hold the private part as well: that speaks against nobody. */
function given(keys: readonly PublicJwk[]): GivenKeySet {
  return { read: true, keySet: { keys: keys.map(({ isExposed, ...key }) => key) } };
}

function problem(text: string): GivenKeySet {
  return { read: false, problem: text };
}
