import { t } from '../text.ts';
import { REGISTERED_CLAIMS } from './registered-claims.ts';
import { VENDOR_CLAIMS } from './vendor-claims.ts';

/**
 * What members of a JOSE Header mean, in a few words: all of IANA's JSON Web Signature and Encryption Header Parameters
 * (https://www.iana.org/assignments/jose/jose.xhtml).
 */
export const HEADER_MEANINGS: Readonly<Record<string, string>> = {
  alg: t`Signature or key management algorithm (RFC 7515 §4.1.1)`,
  kid: t`Which key was used (RFC 7515 §4.1.4)`,
  typ: t`What kind of object this is (RFC 7515 §4.1.9)`,
  cty: t`What the content is (RFC 7515 §4.1.10)`,
  crit: t`Extensions that must be understood (RFC 7515 §4.1.11)`,
  jku: t`Where keys are said to be; never followed (RFC 7515 §4.1.2)`,
  jwk: t`A key sent along; trusted only in proofs (RFC 7515 §4.1.3)`,
  x5u: t`Where a certificate is said to be; never followed (RFC 7515 §4.1.5)`,
  x5c: t`A certificate sent along; not trusted (RFC 7515 §4.1.6)`,
  x5t: t`SHA-1 fingerprint of a certificate (RFC 7515 §4.1.7)`,
  'x5t#S256': t`SHA-256 fingerprint of a certificate (RFC 7515 §4.1.8)`,
  b64: t`Whether the payload is base64url-encoded (RFC 7797 §3)`,
  enc: t`Content encryption algorithm (RFC 7516 §4.1.2)`,
  zip: t`Compression of the content (RFC 7516 §4.1.3)`,
  epk: t`Ephemeral public key of the key agreement (RFC 7518 §4.6.1.1)`,
  apu: t`Who sent it, for the key agreement (RFC 7518 §4.6.1.2)`,
  apv: t`Who receives it, for the key agreement (RFC 7518 §4.6.1.3)`,
  iv: t`Initialization vector of the key wrapping (RFC 7518 §4.7.1.1)`,
  tag: t`Authentication tag of the key wrapping (RFC 7518 §4.7.1.2)`,
  p2s: t`Salt of the password-based encryption (RFC 7518 §4.8.1.1)`,
  p2c: t`Iterations of the password-based encryption (RFC 7518 §4.8.1.2)`,
  iss: t`Issuer, readable without decrypting (RFC 7519 §5.3)`,
  sub: t`Subject, readable without decrypting (RFC 7519 §5.3)`,
  aud: t`Audience, readable without decrypting (RFC 7519 §5.3)`,
  url: t`The URL that the request goes to (RFC 8555 §6.4.1)`,
  nonce: t`A value that keeps the request from being replayed (RFC 8555 §6.5.2)`,
  ppt: t`Extension of a caller’s PASSporT (RFC 8225 §8.1)`,
  svt: t`Signature validation token (RFC 9321 §4.1)`,
  trust_chain: t`Statements that lead to a trust anchor (OpenID Federation 1.0 §4.3)`,
};

/** What claims mean: by the registry first, then by the vendors' documentation. */
export const CLAIM_MEANINGS: Readonly<Record<string, string>> = { ...VENDOR_CLAIMS, ...REGISTERED_CLAIMS };

/** Members whose value is a NumericDate (RFC 7519 §2): s since the epoch. */
export const TIMES: ReadonlySet<string> = new Set(['exp', 'nbf', 'iat', 'auth_time', 'updated_at', 'toe']);
