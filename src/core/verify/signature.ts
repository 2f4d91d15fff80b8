import { compactVerify, errors } from 'jose';
import type { JsonObject } from '../model/json.ts';
import type { PublicJwk } from '../model/knowledge.ts';
import type { DecodedToken, SignatureState, UnverifiableReason } from '../model/token.ts';
import { member, stringMember } from '../syntax/json.ts';
import type { IssuerKeys } from './key-source.ts';

/** Asymmetric signature algorithms (RFC 7518 §3.1, RFC 8037 §3.1, RFC 9864 §2.2) and the key type that each takes. */
const KEY_TYPE: Readonly<Record<string, string>> = {
  RS256: 'RSA',
  RS384: 'RSA',
  RS512: 'RSA',
  PS256: 'RSA',
  PS384: 'RSA',
  PS512: 'RSA',
  ES256: 'EC',
  ES384: 'EC',
  ES512: 'EC',
  EdDSA: 'OKP',
  Ed25519: 'OKP',
};

/** Without a `kid` every fitting key is tried, but no more than this many. */
const MAX_TRIES = 10;

/**
 * The state of a signature that no key can change; null where the issuer's keys decide.
 * An `alg` of "none" in any case counts as unsecured: some libraries take it so.
 */
export function signatureWithoutKeys(token: DecodedToken): SignatureState | null {
  switch (token.form) {
    case 'jwe':
      return unverifiable('encrypted', 'It is encrypted: only its recipient can read it.');
    case 'opaque':
      return unverifiable('opaque', 'It is opaque: only its issuer can tell (RFC 7662).');
    case 'malformed':
      return unverifiable('malformed', `It can't be read: ${token.reason}.`);
    case 'jwt': {
      const alg = stringMember(token.header, 'alg') ?? '';
      if (alg.toLowerCase() === 'none') return { status: 'unsecured' };
      if (/^HS\d+$/.test(alg)) {
        return unverifiable(
          'symmetric',
          `It is signed with ${alg}: only who holds the shared secret can check it.`,
        );
      }
      if (stringMember(token.claims, 'iss') === null) {
        return unverifiable(
          'issuer_missing',
          'It names no issuer ("iss"), so there is nobody to ask for keys.',
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
export async function verifySignature(
  raw: string,
  token: Extract<DecodedToken, { form: 'jwt' }>,
  keys: IssuerKeys,
): Promise<SignatureState> {
  if (keys.status === 'unreachable') return unverifiable('issuer_unreachable', keys.text);
  const issuer = stringMember(token.claims, 'iss');
  // OpenID Connect Core 1.0 §3.1.3.7, 2: the issuer that gave the keys must be the token's own, to the letter.
  if (issuer !== keys.metadata.issuer && `https://${issuer}` !== keys.metadata.issuer) {
    return unverifiable(
      'issuer_mismatch',
      `Its issuer calls itself "${keys.metadata.issuer}", the token says "${issuer}".`,
    );
  }
  const alg = stringMember(token.header, 'alg') ?? '';
  const keyType = Object.hasOwn(KEY_TYPE, alg) ? KEY_TYPE[alg] : undefined;
  if (keyType === undefined)
    return unverifiable('key_rejected', `"${alg}" is no signature algorithm that can be checked.`);
  if (member(token.header, 'crit') !== undefined) {
    // Who does not understand an extension must refuse the token. We are not its recipient, who may well understand it.
    return unverifiable(
      'key_rejected',
      'Its header demands extensions ("crit", RFC 7515 §4.1.11) that are not understood here.',
    );
  }
  const keyId = stringMember(token.header, 'kid');
  const candidates = candidateKeys(keys.keySet.keys, keyType, token.header);
  if (candidates.length === 0) {
    const named = keyId === null ? `no ${keyType} key for signatures` : `no key "${keyId}" for ${alg}`;
    return unverifiable('no_matching_key', `Its issuer publishes ${named}.`);
  }
  const state = await tryKeys(raw, alg, keyId, candidates);
  return state.status === 'invalid' && isForMicrosoftAlone(token.header, issuer)
    ? unverifiable(
        'key_rejected',
        'Its header has a "nonce": Microsoft signs the tokens of its own APIs so that nobody else can check them.',
      )
    : state;
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

/** The published keys that this header may mean: by type, use (RFC 7517 §4.2, §4.3), algorithm (§4.4) and `kid` (§4.5). */
function candidateKeys(
  keys: readonly PublicJwk[],
  keyType: string,
  header: JsonObject,
): readonly PublicJwk[] {
  const keyId = stringMember(header, 'kid');
  const alg = stringMember(header, 'alg');
  return keys.filter(
    (key) =>
      key.kty === keyType &&
      (key.use === undefined || key.use === 'sig') &&
      (key.key_ops === undefined || key.key_ops.includes('verify')) &&
      (key.alg === undefined || key.alg === alg || isEd25519(key, alg)) &&
      (keyId === null || key.kid === keyId),
  );
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
): Promise<SignatureState> {
  const jws = raw.split('~', 1)[0] ?? raw;
  let rejected: string | null = null;
  for (const key of candidates.slice(0, MAX_TRIES)) {
    try {
      // The algorithm is pinned to the header's, which was seen to fit the key's type: no confusion of the two (RFC 8725 §3.1).
      await compactVerify(jws, { ...key, alg, key_ops: ['verify'] }, { algorithms: [alg] });
      return { status: 'verified', keyId: key.kid ?? null };
    } catch (error) {
      if (!(error instanceof errors.JWSSignatureVerificationFailed)) rejected = messageOf(error);
    }
  }
  if (rejected !== null) return unverifiable('key_rejected', `The issuer's key can't be used: ${rejected}`);
  if (candidates.length > MAX_TRIES) {
    return unverifiable(
      'key_rejected',
      `Its issuer publishes ${candidates.length} keys that may be meant, and none of the first ${MAX_TRIES} made its signature.`,
    );
  }
  return keyId === null
    ? unverifiable(
        'no_matching_key',
        'It names no key ("kid"), and none that its issuer publishes made its signature.',
      )
    : invalid(
        `The signature was not made with its issuer's key "${keyId}", or the token was changed since.`,
        keyId,
      );
}

function messageOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).slice(0, 200);
}

function unverifiable(reason: UnverifiableReason, text: string): SignatureState {
  return { status: 'unverifiable', reason, text };
}

function invalid(reason: string, keyId: string | null): SignatureState {
  return { status: 'invalid', reason, keyId };
}
