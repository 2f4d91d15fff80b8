import { base64url } from '../../fixtures/jwt.ts';
import {
  RFC7515_A1,
  RFC7515_A2,
  RFC7515_A3,
  RFC7515_A4,
  RFC7515_A5,
  RFC7515_A6,
  RFC7515_A7,
  RFC8037_A4,
  RFC8037_A6,
} from '../../fixtures/rfc-vectors.ts';
import {
  RFC7520,
  RFC7520_4_4,
  RFC7520_4_5,
  RFC7520_4_6,
  RFC7520_4_7,
  RFC7520_4_8,
  RFC7520_RSA,
} from '../../fixtures/rfc7520-vectors.ts';
import { type Case, vector, withKeys, withSecret } from './say.ts';

const DETACHED = `${RFC7520_4_5.protected}..${RFC7520_4_5.signature}`;

/** The vectors of RFC 7515, RFC 7520 §4 and RFC 8037: what is said of each. */
export const VECTOR_CASES: readonly Case[] = [
  ['RFC 7515 §A.1 (HS256), no secret given', 'unverifiable: symmetric', () => withKeys(RFC7515_A1.token, [])],
  [
    'RFC 7515 §A.1 (HS256), its secret given',
    'verified',
    () => withSecret(RFC7515_A1.token, RFC7515_A1.secret),
  ],
  ['RFC 7515 §A.2 (RS256)', 'verified', () => vector(RFC7515_A2)],
  ['RFC 7515 §A.3 (ES256)', 'verified', () => vector(RFC7515_A3)],
  ['RFC 7515 §A.4 (ES512), its signature', 'verified', () => vector(RFC7515_A4)],
  ['RFC 7515 §A.5 (none)', 'unsecured', () => withKeys(RFC7515_A5, [])],
  [
    'RFC 7515 §A.6 (JSON Serialization): no token that is sent so',
    'unverifiable: opaque',
    () => withKeys(JSON.stringify(RFC7515_A6), [RFC7515_A2.key, RFC7515_A3.key]),
  ],
  [
    'RFC 7515 §A.7 (Flattened JSON Serialization): no token that is sent so',
    'unverifiable: opaque',
    () => withKeys(JSON.stringify(RFC7515_A7), [RFC7515_A3.key]),
  ],
  ...RFC7520.map((one): Case => [`${one.source}, its signature`, 'verified', () => vector(one)]),
  [
    'RFC 7520 §4.4 (HS256), its secret given',
    'verified',
    () => withSecret(RFC7520_4_4.token, RFC7520_4_4.secret),
  ],
  ['RFC 7520 §4.5 (detached content)', 'unverifiable: malformed', () => withKeys(DETACHED, [])],
  [
    'RFC 7520 §4.5, its secret given: the content is not there to be checked',
    'unverifiable: key_rejected',
    () => withSecret(DETACHED, RFC7520_4_4.secret),
  ],
  [
    'RFC 7520 §4.6 (some of the header protected): no token that is sent so',
    'unverifiable: opaque',
    () => withKeys(JSON.stringify(RFC7520_4_6), []),
  ],
  [
    'RFC 7520 §4.6, what is protected of it, its secret given',
    'verified',
    () =>
      withSecret(
        `${RFC7520_4_6.protected}.${RFC7520_4_6.payload}.${RFC7520_4_6.signature}`,
        RFC7520_4_4.secret,
      ),
  ],
  [
    'RFC 7520 §4.7 (nothing of the header protected): no token that is sent so',
    'unverifiable: opaque',
    () => withKeys(JSON.stringify(RFC7520_4_7), []),
  ],
  [
    'RFC 7520 §4.7, written as a token: a header that says nothing',
    'unverifiable: opaque',
    () => withKeys(`.${RFC7520_4_7.payload}.${RFC7520_4_7.signature}`, []),
  ],
  [
    'RFC 7520 §4.8 (three signatures): no token that is sent so',
    'unverifiable: opaque',
    () => withKeys(JSON.stringify(RFC7520_4_8), [RFC7520_RSA]),
  ],
  [
    'RFC 7520 §4.8, the first of its signatures',
    'verified',
    () => {
      const [first] = RFC7520_4_8.signatures;
      const token = `${first.protected}.${RFC7520_4_8.payload}.${first.signature}`;
      return vector({ token, key: RFC7520_RSA });
    },
  ],
  ['RFC 8037 §A.4, §A.5 (Ed25519), its signature', 'verified', () => vector(RFC8037_A4)],
  [
    'RFC 8037 §A.6 (X25519): its key signs nothing',
    'unverifiable: key_rejected',
    () => vector({ ...RFC8037_A4, key: { ...RFC8037_A6.key } }),
  ],
  [
    'RFC 8037 §A.6 (X25519): what is encrypted to it',
    'unverifiable: encrypted',
    () => withKeys(`${base64url(JSON.stringify(RFC8037_A6.header))}.a2V5.aXY.dGV4dA.dGFn`, []),
  ],
  [
    'those whose payload is a sentence, as tokens: it is no JWT Claims Set',
    'unverifiable: malformed',
    async () => {
      const all = [RFC8037_A4, RFC7515_A4, ...RFC7520, RFC7520_4_4];
      const verdicts = new Set(await Promise.all(all.map(({ token }) => withKeys(token, []))));
      return [...verdicts].join(', ');
    },
  ],
];
