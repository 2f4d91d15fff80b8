import { base64url } from 'jose';
import type { PublicJwk } from '../model/knowledge.ts';
import type { KeyFacts, KeyOrigin } from '../model/token.ts';
import { t } from '../text.ts';

/** Asymmetric signature algorithms (RFC 7518 §3.1, RFC 8037 §3.1, RFC 9864 §2.2, FIPS 204) and the key type that each takes. */
export const KEY_TYPE: Readonly<Record<string, string>> = {
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
  'ML-DSA-44': 'AKP',
  'ML-DSA-65': 'AKP',
  'ML-DSA-87': 'AKP',
};

/** The curve of each algorithm (RFC 7518 §3.4, RFC 8037 §3.1). */
const CURVE: Readonly<Record<string, string>> = {
  ES256: 'P-256',
  ES384: 'P-384',
  ES512: 'P-521',
  EdDSA: 'Ed25519',
  Ed25519: 'Ed25519',
};

/** RFC 7518 §3.3, §3.5: "A key of size 2048 bits or larger MUST be used". */
const MIN_RSA_BITS = 2048;
/** What is longer takes long to try, and no issuer has it. */
const MAX_RSA_BITS = 16_384;

/**
 * Why a published key must not be used with an algorithm (RFC 8725 §3.2, §3.5), though it bears the right name.
 * @returns a sentence for people, null where it may be used
 */
export function keyProblem(key: PublicJwk, alg: string): string | null {
  if (key.isExposed === true) {
    return t`Its private part is published with it: anybody can sign with it, so it vouches for nothing.`;
  }
  const curve = Object.hasOwn(CURVE, alg) ? CURVE[alg] : undefined;
  if (curve !== undefined && key.crv !== curve) {
    return t`It is of the curve "${(key.crv ?? '').slice(0, 32)}", and ${alg} takes ${curve}.`;
  }
  if (key.kty !== 'RSA') return null;
  const bits = modulusBits(key);
  if (bits === null) return null;
  if (bits < MIN_RSA_BITS)
    return t`It is an RSA key of ${bits} bits, fewer than ${MIN_RSA_BITS} (RFC 7518 §3.3).`;
  if (bits > MAX_RSA_BITS) return t`It is an RSA key of ${bits} bits, more than are tried.`;
  return isGoodExponent(key.e ?? '') ? null : t`Its RSA exponent is no odd number from 3 to 32 bits.`;
}

function modulusBits({ n }: PublicJwk): number | null {
  const octets = octetsOf(n ?? '');
  if (octets === null) return null;
  const first = octets.findIndex((octet) => octet !== 0);
  return first === -1 ? 0 : (octets.length - first) * 8 - Math.clz32(octets[first] ?? 0) + 24;
}

function isGoodExponent(e: string): boolean {
  const octets = octetsOf(e);
  if (octets === null || octets.length > 8) return false;
  const value = octets.reduce((sum, octet) => sum * 256 + octet, 0);
  return value >= 3 && value < 2 ** 32 && value % 2 === 1;
}

function octetsOf(text: string): Uint8Array | null {
  try {
    return base64url.decode(text);
  } catch {
    return null;
  }
}

/** What people ask of a key. */
export function keyFacts(key: PublicJwk, from: KeyOrigin): KeyFacts {
  return {
    type: key.kty,
    bits: key.kty === 'RSA' ? modulusBits(key) : null,
    curve: key.crv ?? null,
    use: key.use ?? null,
    alg: key.alg ?? null,
    from,
  };
}
