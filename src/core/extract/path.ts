import { base64Text } from '../syntax/base64.ts';
import { parseJsonObject, stringMember } from '../syntax/json.ts';
import { looksLikeJwt } from '../syntax/jwt-shape.ts';
import type { Sightings } from './sightings.ts';

/** What a JWT in a path begins with: most URLs have no such thing and are not looked at more closely. */
const MAY_HOLD = /\/e[yw][\w-]{8,}={0,2}\.[\w-]/;

/** Segments of one path that are looked at. */
const MAX_SEGMENTS = 64;

/**
 * JWTs that are a segment of a URL's path (RFC 3986 §3.3): `/export/eyJ…`. Many things in paths have dots and look like
 * base64, so that only a whole JWS Compact Serialization counts (RFC 7515 §7.1): a JOSE Header that names its algorithm, a
 * Claims Set, a third part. It has no name: what stands before it in the path may name a person.
 */
export function fromPath(url: string, found: Sightings): void {
  if (!MAY_HOLD.test(url)) return;
  // The first three are the scheme, nothing, and the host.
  const segments = url.replace(/[?#].*$/s, '').split('/', MAX_SEGMENTS);
  for (const segment of segments.slice(3)) {
    // After the token, parameters of the segment may follow.
    const raw = segment.split(';', 1)[0] ?? '';
    if (isSignedClaims(raw)) found.add('path', '', null, raw);
  }
}

function isSignedClaims(raw: string): boolean {
  const [header = '', payload = '', , ...more] = raw.split('.', 4);
  if (more.length > 0 || !looksLikeJwt(raw)) return false;
  const alg = stringMember(objectOf(header) ?? {}, 'alg') ?? '';
  return alg !== '' && objectOf(payload) !== null;
}

function objectOf(part: string) {
  const text = base64Text(part);
  return text === null ? null : parseJsonObject(text);
}
