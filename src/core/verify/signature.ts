import { compactVerify, errors } from 'jose';
import type { JsonObject } from '../model/json.ts';
import type { KeySet, PublicJwk } from '../model/knowledge.ts';
import type { DecodedToken, KeyOrigin, SignatureState, UnverifiableReason } from '../model/token.ts';
import { isBlanked } from '../syntax/blanked.ts';
import { compareIssuers } from '../syntax/issuer.ts';
import { member, stringMember } from '../syntax/json.ts';
import { t } from '../text.ts';
import { KEY_TYPE, keyFacts, keyProblem } from './algorithms.ts';
import type { IssuerKeys } from './key-source.ts';
import { whyNotDisclosed } from './sd-jwt.ts';
import { whyNotStrict } from './strict-form.ts';

/** Without a `kid` every fitting key is tried, but no more than this many. */
const MAX_TRIES = 10;

/**
 * The state of a signature that no key can change; null where the issuer's keys decide.
 * An `alg` of "none" in any case counts as unsecured: some libraries take it so.
 */
export function signatureWithoutKeys(token: DecodedToken): SignatureState | null {
  switch (token.form) {
    case 'jwe':
      return unverifiable('encrypted', t`It is encrypted: only its recipient can read it.`);
    case 'opaque':
      return unverifiable('opaque', t`It is opaque: only its issuer can tell (RFC 7662).`);
    case 'malformed':
      return unverifiable('malformed', t`It can't be read: ${token.reason}.`);
    case 'jwt': {
      const alg = stringMember(token.header, 'alg') ?? '';
      if (alg.toLowerCase() === 'none') return { status: 'unsecured' };
      if (/^HS\d+$/.test(alg)) {
        return unverifiable(
          'symmetric',
          t`It is signed with ${alg}: only who holds the shared secret can check it.`,
        );
      }
      if (stringMember(token.claims, 'iss') === null) {
        return unverifiable(
          'issuer_missing',
          t`It names no issuer ("iss"), so there is nobody to ask for keys.`,
        );
      }
      return null;
    }
  }
}

/**
 * Checks a JWS signature (RFC 7515 §5.2) with its issuer's published keys. Nothing in the token says where keys are:
 * `jku`, `jwk`, `x5u` and `x5c` are not looked at.
 *
 * This does NOT validate claims, and says nothing of whether an API checks the token.
 * @param raw the token as sent
 * @param token what {@link signatureWithoutKeys} left undecided
 * @returns never rejects
 */
export async function verifySignature(raw: string, token: Jwt, keys: IssuerKeys): Promise<SignatureState> {
  const signature = raw.slice(raw.lastIndexOf('.') + 1);
  if (signature.length < 32 && isBlanked(signature))
    return unverifiable('malformed', t`Its signature was blanked, as tools do that redact recordings.`);
  if (keys.status === 'unreachable') return unverifiable('issuer_unreachable', keys.text);
  const mismatch = issuerMismatch(token, keys);
  if (mismatch !== null) return unverifiable('issuer_mismatch', mismatch);
  const alg = stringMember(token.header, 'alg') ?? '';
  const keyType = Object.hasOwn(KEY_TYPE, alg) ? KEY_TYPE[alg] : undefined;
  if (keyType === undefined)
    return unverifiable('key_rejected', t`"${alg}" is no signature algorithm that can be checked.`);
  const refused = await whyRefused(raw, token);
  if (refused !== null) return refused;
  const keyId = stringMember(token.header, 'kid');
  const candidates = candidateKeys(keys.keySet.keys, keyType, token);
  if (candidates.length === 0) return noKey(keys.keySet, keyType, alg, keyId);
  const state = await tryKeys(raw, alg, keyId, candidates, keys.from ?? 'issuer');
  return state.status === 'invalid' && isForMicrosoftAlone(token.header, stringMember(token.claims, 'iss'))
    ? unverifiable(
        'key_rejected',
        t`Its header has a "nonce": Microsoft signs the tokens of its own APIs so that nobody else can check them.`,
      )
    : state;
}

/**
 * Checks the HMAC of a token (RFC 7518 §3.2) with a secret that a person gave. A public key is never such a secret: only what
 * was given as one is (RFC 8725 §3.1).
 * @returns never rejects
 */
export async function verifyWithSecret(raw: string, token: Jwt, secret: Uint8Array): Promise<SignatureState> {
  const alg = stringMember(token.header, 'alg') ?? '';
  if (!/^HS(?:256|384|512)$/.test(alg))
    return unverifiable('key_rejected', t`"${alg}" is no algorithm that takes a secret.`);
  const refused = await whyRefused(raw, token);
  if (refused !== null) return refused;
  const bits = secret.length * 8;
  const key = { type: 'oct', bits, curve: null, use: null, alg: null, from: 'person' } as const;
  try {
    await compactVerify(jwsOf(raw), secret, { algorithms: [alg] });
    return { status: 'verified', keyId: null, key };
  } catch (error) {
    // A wrong token or a wrong secret: nothing tells which.
    return unverifiable(
      'key_rejected',
      error instanceof errors.JWSSignatureVerificationFailed
        ? t`Its signature was not made with the secret that you gave.`
        : t`The secret that you gave can't be used: ${messageOf(error)}`,
    );
  }
}

type Jwt = Extract<DecodedToken, { form: 'jwt' }>;

/** OpenID Connect Core 1.0 §3.1.3.7, 2: the issuer that gave the keys must be the token's own, to the letter. */
function issuerMismatch(
  { claims }: Jwt,
  { metadata, from }: Extract<IssuerKeys, { status: 'found' }>,
): string | null {
  const issuer = stringMember(claims, 'iss');
  // A person may give keys for tokens that name no issuer at all.
  if (issuer === null && from === 'person') return null;
  const published = metadata.issuer;
  const claimed = issuer ?? '';
  switch (compareIssuers(claims, published)) {
    case 'same':
      return null;
    case 'slash':
      return t`Its issuer calls itself "${published}", the token says "${claimed}": they differ by the slash at the end, and receivers compare to the letter.`;
    case 'other':
      return t`Its issuer calls itself "${published}", the token says "${claimed}".`;
  }
}

/** What speaks against any check of this token, whatever the key. */
async function whyRefused(raw: string, { header, claims }: Jwt): Promise<SignatureState | null> {
  if (member(header, 'crit') !== undefined) {
    // Who does not understand an extension must refuse the token. We are not its recipient, who may well understand it.
    return unverifiable(
      'key_rejected',
      t`Its header demands extensions ("crit", RFC 7515 §4.1.11) that are not understood here.`,
    );
  }
  const why = whyNotStrict(jwsOf(raw)) ?? (raw.includes('~') ? await whyNotDisclosed(raw, claims) : null);
  return why === null ? null : unverifiable('malformed', t`It was not checked: ${why}.`);
}

/** Of an SD-JWT, the part that its issuer signed (RFC 9901 §4). */
function jwsOf(raw: string): string {
  return raw.split('~', 1)[0] ?? raw;
}

function noKey(keySet: KeySet, keyType: string, alg: string, keyId: string | null): SignatureState {
  const { keys, total } = keySet;
  if (total !== undefined) {
    return unverifiable(
      'key_rejected',
      t`Its issuer publishes ${total} keys, and none of the first ones that were read fits.`,
    );
  }
  const isNone = keys.length === 0;
  if (keyId === null) {
    return unverifiable(
      'no_matching_key',
      isNone
        ? t`Its issuer publishes no ${keyType} key for signatures, nor any other.`
        : t`Its issuer publishes no ${keyType} key for signatures.`,
    );
  }
  return unverifiable(
    'no_matching_key',
    isNone
      ? t`Its issuer publishes no key "${keyId}" for ${alg}, nor any other.`
      : t`Its issuer publishes no key "${keyId}" for ${alg}.`,
  );
}

/**
 * Microsoft's tokens for its own APIs, such as Graph, do not verify as they are sent: their `nonce` header is another
 * when they are signed (https://learn.microsoft.com/entra/identity-platform/access-tokens#validate-tokens).
 */
function isForMicrosoftAlone(header: JsonObject, issuer: string | null): boolean {
  return (
    member(header, 'nonce') !== undefined &&
    /^https:\/\/(?:sts\.windows\.net|login\.microsoftonline\.(?:com|us))\//.test(issuer ?? '')
  );
}

/**
 * The published keys that this header may mean: by type, use (RFC 7517 §4.2, §4.3), algorithm (§4.4) and `kid` (§4.5). Where none
 * bears that `kid`, those without one.
 */
function candidateKeys(
  keys: readonly PublicJwk[],
  keyType: string,
  { header, claims }: Jwt,
): readonly PublicJwk[] {
  const keyId = stringMember(header, 'kid');
  const alg = stringMember(header, 'alg');
  const fitting = keys.filter(
    (key) =>
      key.kty === keyType &&
      (key.use === undefined || key.use === 'sig') &&
      (key.key_ops === undefined || key.key_ops.includes('verify')) &&
      (key.alg === undefined || key.alg === alg || isEd25519(key, alg)) &&
      // A set for many tenants may say whose each key is.
      (key.issuer === undefined || compareIssuers(claims, key.issuer) === 'same'),
  );
  if (keyId === null) return fitting;
  const named = fitting.filter(({ kid }) => kid === keyId);
  return named.length > 0 ? named : fitting.filter(({ kid }) => kid === undefined);
}

/** RFC 9864 §2.2 gives "EdDSA" with the curve Ed25519 a name of its own: an issuer may use both. */
function isEd25519({ alg, crv }: PublicJwk, wanted: string | null): boolean {
  return crv === 'Ed25519' && alg !== undefined && isEdDsa(alg) && isEdDsa(wanted ?? '');
}

function isEdDsa(alg: string): boolean {
  return alg === 'EdDSA' || alg === 'Ed25519';
}

async function tryKeys(
  raw: string,
  alg: string,
  keyId: string | null,
  candidates: readonly PublicJwk[],
  from: KeyOrigin,
): Promise<SignatureState> {
  const jws = jwsOf(raw);
  let rejected: string | null = null;
  for (const { isExposed, issuer, ...key } of candidates.slice(0, MAX_TRIES)) {
    const problem = keyProblem({ ...key, ...(isExposed ? { isExposed } : {}) }, alg);
    if (problem !== null) {
      rejected ??= problem;
      continue;
    }
    try {
      // The algorithm is pinned to the header's, which was seen to fit the key's type: no confusion of the two (RFC 8725 §3.1).
      await compactVerify(jws, { ...key, alg, key_ops: ['verify'] }, { algorithms: [alg] });
      return { status: 'verified', keyId: key.kid ?? null, key: keyFacts(key, from) };
    } catch (error) {
      if (!(error instanceof errors.JWSSignatureVerificationFailed)) rejected ??= messageOf(error);
    }
  }
  if (rejected !== null) {
    return unverifiable(
      'key_rejected',
      from === 'person'
        ? t`The key that you gave can't be used: ${rejected}`
        : t`The issuer's key can't be used: ${rejected}`,
    );
  }
  if (candidates.length > MAX_TRIES) {
    return unverifiable(
      'key_rejected',
      t`Its issuer publishes ${candidates.length} keys that may be meant, and none of the first ${MAX_TRIES} made its signature.`,
    );
  }
  return noSignature(candidates, keyId, from);
}

/** None of the keys that it may mean made its signature. */
function noSignature(
  candidates: readonly PublicJwk[],
  keyId: string | null,
  from: KeyOrigin,
): SignatureState {
  const [key] = candidates;
  if (keyId !== null && key?.kid === keyId) {
    const reason = t`The signature was not made with its issuer's key "${keyId}", or the token was changed since.`;
    return { status: 'invalid', reason, keyId, key: keyFacts(key, from) };
  }
  if (from === 'person')
    return unverifiable('no_matching_key', t`None of the keys that you gave made its signature.`);
  return unverifiable(
    'no_matching_key',
    keyId === null
      ? t`It names no key ("kid"), and none that its issuer publishes made its signature.`
      : t`Its issuer publishes no key "${keyId}", and none of those without a name made its signature.`,
  );
}

function messageOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).slice(0, 200);
}

function unverifiable(reason: UnverifiableReason, text: string): SignatureState {
  return { status: 'unverifiable', reason, text };
}
