import { base64url } from 'jose';
import type { PublicJwk } from '../model/knowledge.ts';

/** An element of DER (ITU-T X.690 §8.1): its tag and its contents. */
interface Element {
  readonly tag: number;
  readonly content: Uint8Array;
}

const SEQUENCE = 0x30;
const INTEGER = 0x02;
const BIT_STRING = 0x03;
const OBJECT_IDENTIFIER = 0x06;
const VERSION = 0xa0;

/** Object identifiers of keys and curves, as octets in hexadecimal: RFC 3279 §2.3.1, RFC 5480 §2.1.1, RFC 8410 §3. */
const RSA = '2a864886f70d010101';
const RSA_PSS = '2a864886f70d01010a';
const EC = '2a8648ce3d0201';
const ED25519 = '2b6570';
const CURVES: Readonly<Record<string, readonly [name: string, octets: number]>> = {
  '2a8648ce3d030107': ['P-256', 32],
  '2b81040022': ['P-384', 48],
  '2b81040023': ['P-521', 66],
};

/**
 * Reads a public key from DER: a SubjectPublicKeyInfo (RFC 5280 §4.1.2.7), an RSAPublicKey (RFC 8017 §A.1.1), or the key of a
 * certificate (RFC 5280 §4.1), which is not validated: who gives it vouches for it.
 * @returns null for anything else
 */
export function publicKeyFromDer(der: Uint8Array): PublicJwk | null {
  const [outer, ...rest] = elements(der) ?? [];
  if (outer?.tag !== SEQUENCE || rest.length > 0) return null;
  const parts = elements(outer.content) ?? [];
  const [first, second] = parts;
  if (first?.tag === INTEGER && second?.tag === INTEGER && parts.length === 2) return rsaKey(outer.content);
  if (first?.tag === SEQUENCE && second?.tag === BIT_STRING) return fromInfo(parts);
  return first?.tag === SEQUENCE && parts.length === 3 ? fromCertificate(first) : null;
}

/** TBSCertificate: version, serialNumber, signature, issuer, validity, subject, subjectPublicKeyInfo. */
function fromCertificate(tbs: Element): PublicJwk | null {
  const fields = elements(tbs.content) ?? [];
  const info = fields[fields[0]?.tag === VERSION ? 6 : 5];
  return info?.tag === SEQUENCE ? fromInfo(elements(info.content) ?? []) : null;
}

function fromInfo([algorithm, key]: readonly Element[]): PublicJwk | null {
  if (algorithm?.tag !== SEQUENCE || key?.tag !== BIT_STRING || key.content[0] !== 0) return null;
  const [identifier, parameters] = elements(algorithm.content) ?? [];
  if (identifier?.tag !== OBJECT_IDENTIFIER) return null;
  const bits = key.content.subarray(1);
  switch (hex(identifier.content)) {
    case RSA:
    case RSA_PSS: {
      const [sequence] = elements(bits) ?? [];
      return sequence?.tag === SEQUENCE ? rsaKey(sequence.content) : null;
    }
    case EC:
      return parameters?.tag === OBJECT_IDENTIFIER ? ecKey(hex(parameters.content), bits) : null;
    case ED25519:
      return bits.length === 32 ? { kty: 'OKP', crv: 'Ed25519', x: base64url.encode(bits) } : null;
    default:
      return null;
  }
}

function rsaKey(content: Uint8Array): PublicJwk | null {
  const [n, e] = elements(content) ?? [];
  if (n?.tag !== INTEGER || e?.tag !== INTEGER) return null;
  return { kty: 'RSA', n: base64url.encode(unsigned(n.content)), e: base64url.encode(unsigned(e.content)) };
}

/** An uncompressed point (SEC 1 §2.3.3). */
function ecKey(curve: string, point: Uint8Array): PublicJwk | null {
  const [crv, size] = (Object.hasOwn(CURVES, curve) ? CURVES[curve] : undefined) ?? [];
  if (crv === undefined || size === undefined || point[0] !== 4 || point.length !== 1 + 2 * size) return null;
  return {
    ...{ kty: 'EC', crv },
    x: base64url.encode(point.subarray(1, 1 + size)),
    y: base64url.encode(point.subarray(1 + size)),
  };
}

function unsigned(octets: Uint8Array): Uint8Array {
  const first = octets.findIndex((octet) => octet !== 0);
  return first <= 0 ? octets : octets.subarray(first);
}

/** Elements of one level; more than any key or certificate has is not read. */
const MAX_ELEMENTS = 64;

/** @returns the elements one after the other, null where it is no DER */
function elements(octets: Uint8Array): readonly Element[] | null {
  const found: Element[] = [];
  let at = 0;
  while (at < octets.length) {
    const tag = octets[at] ?? 0;
    let length = octets[at + 1] ?? 0;
    let start = at + 2;
    // The long form: so many octets of length (X.690 §8.1.3.5).
    if (length > 0x80 && length <= 0x84) {
      const end = start + (length & 0x7f);
      length = 0;
      for (; start < end; start++) length = length * 256 + (octets[start] ?? 0);
    } else if (length >= 0x80) return null;
    if (start + length > octets.length || found.length >= MAX_ELEMENTS) return null;
    found.push({
      tag,
      content: octets.subarray(start, start + length),
    });
    at = start + length;
  }
  return found;
}

function hex(octets: Uint8Array): string {
  return [...octets].map((octet) => octet.toString(16).padStart(2, '0')).join('');
}
