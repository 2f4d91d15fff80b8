import type { JsonObject } from './json.ts';

/** What a token is (`design.md`, Words). */
export const TOKEN_KINDS = [
  'id_token',
  'access_token',
  'refresh_token',
  'logout_token',
  'dpop_proof',
  'client_assertion',
  'request_object',
  'authorization_response',
  'security_event',
  'session_token',
  'unknown_jwt',
  'encrypted',
  'opaque',
] as const;
export type TokenKind = (typeof TOKEN_KINDS)[number];

/** Where in a request a token stood; `redirect` is in its response's Location. */
export const SIGHTING_LOCATIONS = [
  'authorization_header',
  'header',
  'cookie',
  'path',
  'query',
  'fragment',
  'form_body',
  'multipart_body',
  'json_body',
  'text_body',
  'redirect',
  'websocket_protocol',
  'websocket_message',
  'response_body',
] as const;
export type SightingLocation = (typeof SIGHTING_LOCATIONS)[number];

/** A token as it was seen in one place of one exchange. The raw token stays in memory. */
export interface TokenSighting {
  readonly location: SightingLocation;
  /** The header's, parameter's or field's name. */
  readonly name: string;
  /** The authentication scheme, lower case (`bearer`, `dpop`), where the location has one (RFC 9110 §11.1). */
  readonly scheme: string | null;
  readonly raw: string;
}

/** A sighting without the token itself: what is recorded. */
export interface RecordedSighting {
  readonly location: SightingLocation;
  readonly name: string;
  readonly scheme: string | null;
  readonly token: Fingerprint;
}

/** SHA-256 of the token as it was sent (without the scheme), base64url. */
export type Fingerprint = string;

/** What decoding found. Reading is not validating: nothing here says that the token is genuine. */
export type DecodedToken =
  | {
      readonly form: 'jwt';
      readonly fingerprint: Fingerprint;
      /** The JOSE Header (RFC 7515 §4). */
      readonly header: JsonObject;
      /** The JWT Claims Set (RFC 7519 §4). */
      readonly claims: JsonObject;
      /** True where the JWS Signature part is empty. */
      readonly unsigned: boolean;
    }
  | { readonly form: 'jwe'; readonly fingerprint: Fingerprint; readonly header: JsonObject }
  | { readonly form: 'opaque'; readonly fingerprint: Fingerprint }
  | { readonly form: 'malformed'; readonly fingerprint: Fingerprint; readonly reason: string };

export type Confidence = 'certain' | 'strong' | 'weak';

/** One reason to hold a token for what it is, in words for people. */
export interface Evidence {
  readonly source: 'provenance' | 'typing' | 'audience' | 'claims' | 'parameter' | 'storage' | 'vendor';
  readonly says: TokenKind;
  readonly text: string;
  /** The exchange that showed it, where it was one. */
  readonly exchange: string | null;
}

export interface Classification {
  readonly kind: TokenKind;
  readonly confidence: Confidence;
  /** Strongest first. */
  readonly evidence: readonly Evidence[];
}

export type ClassifiedToken = DecodedToken & { readonly classification: Classification };

/** Why a signature could not be checked. */
export type UnverifiableReason =
  | 'not_checked_yet'
  | 'issuer_missing'
  | 'issuer_unknown'
  | 'issuer_not_approved'
  | 'issuer_unreachable'
  | 'issuer_mismatch'
  | 'no_matching_key'
  | 'key_rejected'
  | 'symmetric'
  | 'encrypted'
  | 'opaque'
  | 'malformed';

/** The state of a token's signature. Never a boolean: what could not be checked is neither good nor bad. */
export type SignatureState =
  | { readonly status: 'verified'; readonly keyId: string | null; readonly key?: KeyFacts }
  | {
      readonly status: 'invalid';
      readonly reason: string;
      readonly keyId: string | null;
      readonly key?: KeyFacts;
    }
  | { readonly status: 'unsecured' }
  | { readonly status: 'unverifiable'; readonly reason: UnverifiableReason; readonly text: string };

/** The key that a signature was checked with, as far as people ask. */
export interface KeyFacts {
  /** RSA, EC, OKP (RFC 7518 §6.1, RFC 8037 §2), or oct for a secret. */
  readonly type: string;
  /** Length of the modulus or of the secret; null for curves. */
  readonly bits: number | null;
  readonly curve: string | null;
  /** What its publisher says that it is for (RFC 7517 §4.2, §4.4). */
  readonly use: string | null;
  readonly alg: string | null;
  /** Who gave it: the issuer's own place, a recording, or the person who looks. */
  readonly from: KeyOrigin;
}

export type KeyOrigin = 'issuer' | 'recording' | 'person';

export type Outcome = 'passed' | 'failed' | 'cantTell' | 'inapplicable';

/** One line of validation: `exp`, `iss`, `aud`… with what came of it. */
export interface Check {
  readonly id:
    | 'signature'
    | 'alg'
    | 'key'
    | 'typ'
    | 'crit'
    | 'iss'
    | 'aud'
    | 'azp'
    | 'exp'
    | 'nbf'
    | 'iat'
    | 'nonce'
    | 'at_hash'
    | 'c_hash';
  readonly outcome: Outcome;
  readonly text: string;
  /** True where what it is compared with was seen: then a `cantTell` is of the comparison, not of our view. */
  readonly counterpartSeen?: boolean;
}

export type CheckedToken = ClassifiedToken & {
  readonly signature: SignatureState;
  readonly checks: readonly Check[];
  /** Its HMAC was made with a secret that stands in documentation or tutorials (RFC 8725 §3.5). */
  readonly guessableSecret: boolean;
};
