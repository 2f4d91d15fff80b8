import type { Check, KeyOrigin, SignatureState, TokenKind } from '../model/token.ts';
import { member, stringMember } from '../syntax/json.ts';
import { t } from '../text.ts';
import { KEY_TYPE } from './algorithms.ts';
import { check, type Jwt, quoted } from './check.ts';

/** What a JOSE Header says, line by line: `alg`, the key, `typ`, `crit` (RFC 7515 §4, RFC 8725 §3). */
export function checkHeader(token: Jwt, signature: SignatureState): readonly Check[] {
  return [checkAlgorithm(token), checkKey(token, signature), checkType(token), checkCritical(token)];
}

/** RFC 8725 §3.2. */
function checkAlgorithm({ header }: Jwt): Check {
  const alg = stringMember(header, 'alg') ?? '';
  if (alg.toLowerCase() === 'none')
    return check('alg', 'failed', t`"none": an Unsecured JWT (RFC 8725 §3.2).`);
  if (/^HS(?:256|384|512)$/.test(alg)) {
    return check('alg', 'cantTell', t`${alg} is symmetric: whoever can check it can also make such tokens.`);
  }
  return Object.hasOwn(KEY_TYPE, alg)
    ? check('alg', 'passed', t`${alg}: signed with a private key, checked with the public one.`)
    : check('alg', 'cantTell', t`${quoted(alg)} is no signature algorithm that can be checked here.`);
}

/** The smallest secret of each HMAC (RFC 7518 §3.2), in bits. */
const MIN_SECRET_BITS: Readonly<Record<string, number>> = { HS256: 256, HS384: 384, HS512: 512 };

const WHOSE: Readonly<Record<KeyOrigin, string>> = {
  issuer: t`fetched from its issuer`,
  recording: t`from the recording`,
  person: t`given by you`,
};

/** RFC 8725 §3.5, RFC 7517 §4.2. A key that must not be used was not: then the signature says why. */
function checkKey({ header }: Jwt, signature: SignatureState): Check {
  const key = signature.status === 'verified' || signature.status === 'invalid' ? signature.key : undefined;
  if (key === undefined) {
    const isRejected = signature.status === 'unverifiable' && signature.reason === 'key_rejected';
    return isRejected
      ? check('key', 'cantTell', signature.text)
      : check('key', 'inapplicable', t`No key was used.`);
  }
  const needed = MIN_SECRET_BITS[stringMember(header, 'alg') ?? ''];
  // Not a sentence but a list: "RSA, 2048 bits, for "sig", fetched from its issuer".
  const text = [
    key.type === 'oct' ? t`Secret` : key.type,
    ...(key.bits === null ? (key.curve ?? []) : [t`${key.bits} bits`]),
    ...(key.use === null ? [] : [t`for "${key.use}"`]),
    WHOSE[key.from],
  ].join(', ');
  return key.type === 'oct' && needed !== undefined && (key.bits ?? 0) < needed
    ? check('key', 'failed', t`${text}: shorter than the ${needed} bits of its hash (RFC 7518 §3.2).`)
    : check('key', 'passed', `${text}.`);
}

/** How each kind is typed (RFC 8725 §3.11). */
const TYPE_OF: Readonly<Partial<Record<TokenKind, string>>> = {
  access_token: 'at+jwt',
  dpop_proof: 'dpop+jwt',
  logout_token: 'logout+jwt',
  security_event: 'secevent+jwt',
  request_object: 'oauth-authz-req+jwt',
};

function checkType({ header, classification }: Jwt): Check {
  const value = member(header, 'typ');
  if (value === undefined) return check('typ', 'inapplicable', t`Not typed.`);
  if (typeof value !== 'string') return check('typ', 'failed', t`It is no text (RFC 7515 §4.1.9).`);
  const typ = value.toLowerCase().replace(/^application\//, '');
  if (typ === 'jwt') return check('typ', 'inapplicable', t`${quoted(value)}, as any JWT may say.`);
  const expected = TYPE_OF[classification.kind];
  if (typ === expected) return check('typ', 'passed', t`${quoted(value)}, as such tokens are typed.`);
  const isOther = Object.values(TYPE_OF).includes(typ);
  if (!isOther) return check('typ', 'cantTell', t`${quoted(value)} is no type that is known here.`);
  return classification.confidence === 'weak'
    ? check('typ', 'cantTell', t`${quoted(value)}, but what it is can't be told.`)
    : check('typ', 'failed', t`${quoted(value)}, which is the type of other tokens (RFC 8725 §3.11).`);
}

/** Header Parameters that RFC 7515 §4.1 and RFC 7518 register themselves: they must not stand in "crit" (§4.1.11). */
const NEVER_CRITICAL: ReadonlySet<string> = new Set([
  'alg',
  'jku',
  'jwk',
  'kid',
  'x5u',
  'x5c',
  'x5t',
  'x5t#S256',
  'typ',
  'cty',
  'crit',
]);

/** RFC 7515 §4.1.11. */
function checkCritical({ header }: Jwt): Check {
  const critical = member(header, 'crit');
  if (critical === undefined) return check('crit', 'inapplicable', t`It demands no extensions.`);
  const names: readonly unknown[] = Array.isArray(critical) ? critical : [];
  if (names.length === 0)
    return check('crit', 'failed', t`It must be a list that is not empty (RFC 7515 §4.1.11).`);
  for (const name of names) {
    if (typeof name !== 'string') return check('crit', 'failed', t`It names something that is no text.`);
    if (NEVER_CRITICAL.has(name))
      return check('crit', 'failed', t`It names ${quoted(name)}, which it must not.`);
    if (member(header, name) === undefined)
      return check('crit', 'failed', t`It names ${quoted(name)}, which is not in the header.`);
  }
  const listed = names.slice(0, 8).map((name) => quoted(String(name)));
  return check('crit', 'cantTell', t`It demands ${listed.join(', ')}, not understood here.`);
}
