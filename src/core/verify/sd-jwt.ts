import { sha256, sha384, sha512 } from '@noble/hashes/sha2.js';
import { base64url, compactVerify } from 'jose';
import type { JsonObject, JsonValue } from '../model/json.ts';
import { isJsonObject, member, parseJson, parseJsonObject, stringMember } from '../syntax/json.ts';
import { readPublicJwk } from '../syntax/metadata.ts';
import { t } from '../text.ts';
import { KEY_TYPE } from './algorithms.ts';

const utf8 = new TextEncoder();
const text = new TextDecoder();

/** RFC 9901 §4.1.1: names of the IANA registry "Named Information Hash Algorithm". */
const HASHES: Readonly<Record<string, (bytes: Uint8Array) => Uint8Array>> = {
  'sha-256': sha256,
  'sha-384': sha384,
  'sha-512': sha512,
};

/** More than any real token discloses. */
const MAX_DISCLOSURES = 256;

/**
 * Why what stands behind the issuer-signed part of an SD-JWT does not belong to it (RFC 9901 §7.1): a disclosure whose digest
 * the issuer did not sign, or a key binding that its holder's key did not make (§7.3). Without this check, anything could be
 * hung on a signed token.
 * @param raw the whole token, with at least one "~"
 * @returns a clause for people, null where all belongs
 */
export async function whyNotDisclosed(raw: string, claims: JsonObject): Promise<string | null> {
  const [jws = '', ...parts] = raw.split('~');
  const binding = parts.pop() ?? '';
  if (parts.length > MAX_DISCLOSURES) return t`it has more than ${MAX_DISCLOSURES} disclosures`;
  const algorithm = stringMember(claims, '_sd_alg') ?? 'sha-256';
  const hash = Object.hasOwn(HASHES, algorithm) ? HASHES[algorithm] : undefined;
  if (hash === undefined) return t`its "_sd_alg" "${algorithm.slice(0, 64)}" is not known here`;
  const wanted = new Set<string>();
  digestsIn(claims, wanted);
  // An SD-JWT says so (§4.1.1); on any other token nothing may hang, not even a "~".
  if (wanted.size === 0 && member(claims, '_sd_alg') === undefined)
    return t`it is no SD-JWT, and something hangs on it`;
  const open = new Map(parts.map((part) => [base64url.encode(hash(utf8.encode(part))), part]));
  if (open.size !== parts.length) return t`it discloses one thing twice`;
  // What is disclosed may have digests in turn: as long as something new is found, more may be.
  for (let found = true; found; ) {
    found = false;
    for (const [digest, part] of open) {
      if (!wanted.has(digest)) continue;
      open.delete(digest);
      found = true;
      const disclosed = disclosureOf(part);
      if (disclosed === null) return t`a disclosure can’t be read`;
      digestsIn(disclosed, wanted);
    }
  }
  if (open.size > 0) return t`something hangs on it that its issuer did not sign`;
  if (binding === '') return null;
  const sdHash = base64url.encode(hash(utf8.encode(`${[jws, ...parts].join('~')}~`)));
  return (await isBoundByHolder(binding, claims, sdHash)) ? null : t`its key binding is not its holder’s`;
}

function disclosureOf(part: string): JsonValue | null {
  try {
    const parsed = parseJson(text.decode(base64url.decode(part)));
    return parsed !== null && Array.isArray(parsed.value) ? parsed.value : null;
  } catch {
    return null;
  }
}

/** Collects the digests of §4.2.4: in `_sd` of objects, in `...` of array elements. Depth is bounded by `parseJson`. */
function digestsIn(value: JsonValue, into: Set<string>): void {
  if (Array.isArray(value)) for (const item of value) digestsIn(item, into);
  if (!isJsonObject(value)) return;
  for (const [name, item] of Object.entries(value)) {
    if (name === '_sd' && Array.isArray(item)) {
      for (const digest of item) if (typeof digest === 'string') into.add(digest);
    } else if (name === '...' && typeof item === 'string') into.add(item);
    else digestsIn(item, into);
  }
}

/** RFC 9901 §7.3: signed by the key that the issuer bound the token to (RFC 7800 §3.2), for this very presentation. */
async function isBoundByHolder(binding: string, claims: JsonObject, sdHash: string): Promise<boolean> {
  const confirmation = member(claims, 'cnf');
  const jwk = isJsonObject(confirmation) ? member(confirmation, 'jwk') : undefined;
  const [key] = isJsonObject(jwk) ? readPublicJwk(jwk) : [];
  if (key === undefined) return false;
  try {
    const header = parseJsonObject(text.decode(base64url.decode(binding.split('.', 1)[0] ?? '')));
    const alg = header === null ? '' : (stringMember(header, 'alg') ?? '');
    if (!Object.hasOwn(KEY_TYPE, alg) || KEY_TYPE[alg] !== key.kty) return false;
    const { payload, protectedHeader } = await compactVerify(
      binding,
      { ...key, alg, key_ops: ['verify'] },
      { algorithms: [alg] },
    );
    const bound = parseJsonObject(text.decode(payload));
    return protectedHeader.typ === 'kb+jwt' && bound !== null && stringMember(bound, 'sd_hash') === sdHash;
  } catch {
    return false;
  }
}
