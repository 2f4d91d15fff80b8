import type { AuthorizationLesson, TokenFlow } from '../model/knowledge.ts';
import type { Check } from '../model/token.ts';
import { member, stringMember } from '../syntax/json.ts';
import { hasAgreedHash, nonceHash } from '../syntax/token-hash.ts';
import { t } from '../text.ts';
import { check, compared, type Jwt, quoted } from './check.ts';

/** What was seen of how an ID token came. */
export interface BindingFacts {
  /** null where its issuing was not seen. */
  readonly flow: TokenFlow | null;
  /** The authorization requests that it may answer; none where none was seen. */
  readonly requests: readonly AuthorizationLesson[];
  /** True for the SHA-256 of a nonce that any authorization request was seen to send. */
  readonly isNonceSent: (hash: string) => boolean;
}

export const NOTHING_SEEN: BindingFacts = { flow: null, requests: [], isNonceSent: () => false };

/** What binds an ID token to the request that asked for it and to what came beside it. */
export function checkBinding(token: Jwt, facts: BindingFacts): readonly Check[] {
  if (token.classification.kind !== 'id_token') {
    return (['nonce', 'at_hash', 'c_hash'] as const).map((id) =>
      check(id, 'inapplicable', t`It is for ID tokens.`),
    );
  }
  return [
    checkNonce(token, facts),
    checkHash(token, 'at_hash', ACCESS_TOKEN, facts.flow, facts.flow?.atHash ?? null),
    checkHash(token, 'c_hash', CODE, facts.flow, facts.flow?.cHash ?? null),
  ];
}

/** OpenID Connect Core 1.0 §3.1.3.7, 11. */
function checkNonce({ claims }: Jwt, { flow, requests, isNonceSent }: BindingFacts): Check {
  const value = member(claims, 'nonce') ?? null;
  // A number is no nonce by the letter, but the same one is no other's.
  const claimed = typeof value === 'number' ? String(value) : stringMember(claims, 'nonce');
  const hash = claimed === null ? null : nonceHash(claimed);
  const sent = requests.filter(({ nonce }) => nonce !== null);
  const isAnswer = requests.length === 0 ? isNonceSent : () => sent.some(({ nonce }) => nonce === hash);
  if (hash !== null && isAnswer(hash))
    return compared('nonce', 'passed', t`The one that the authorization request sent.`);
  if (requests.length === 0) {
    if (flow?.by === 'renewal' && hash === null)
      return check('nonce', 'inapplicable', t`None: it was renewed, with no authorization request.`);
    return hash === null && value === null
      ? check('nonce', 'inapplicable', t`Not claimed, and no authorization request was seen that it answers.`)
      : check('nonce', 'cantTell', t`The authorization request that it answers was not seen.`);
  }
  // What stands in a request object goes before what stands beside it (RFC 9101 §6.3).
  if (requests.some(({ isByReference }) => isByReference))
    return compared(
      'nonce',
      'cantTell',
      t`Its authorization request stands elsewhere ("request", "request_uri").`,
    );
  if (sent.length === 0) {
    return hash === null
      ? compared('nonce', 'inapplicable', t`None was sent, and none came back.`)
      : compared('nonce', 'cantTell', t`It has one, though the authorization request sent none.`);
  }
  if (hash === null && sent.length < requests.length)
    return compared('nonce', 'cantTell', t`Of the authorization requests that it may answer, one sent none.`);
  return compared(
    'nonce',
    'failed',
    hash === null
      ? t`The authorization request sent one, and the token has none.`
      : t`Another than the authorization request sent.`,
  );
}

/** What is said of a hash, by what it is the hash of. */
interface HashWords {
  readonly unseen: string;
  readonly same: string;
  readonly missing: string;
  readonly noAgreedHash: (alg: string) => string;
  readonly otherInRenewal: string;
  readonly other: string;
}

const ACCESS_TOKEN: HashWords = {
  unseen: t`No access token was seen to come with it.`,
  same: t`It is that of the access token that came with it.`,
  missing: t`Missing, though an ID token beside an access token must have it there.`,
  noAgreedHash: (alg) =>
    t`It is not that of the access token by the usual hash, and no standard says which one goes with ${alg}.`,
  otherInRenewal: t`It is not that of the access token that came with it in a renewal or an exchange.`,
  other: t`It is not that of the access token that came with it.`,
};

const CODE: HashWords = {
  unseen: t`No code was seen to come with it.`,
  same: t`It is that of the code that came with it.`,
  missing: t`Missing, though an ID token beside a code must have it there.`,
  noAgreedHash: (alg) =>
    t`It is not that of the code by the usual hash, and no standard says which one goes with ${alg}.`,
  otherInRenewal: t`It is not that of the code that came with it in a renewal or an exchange.`,
  other: t`It is not that of the code that came with it.`,
};

/** OpenID Connect Core 1.0 §3.1.3.6, §3.2.2.9, §3.3.2.11. */
function checkHash(
  { header, claims }: Jwt,
  id: 'at_hash' | 'c_hash',
  words: HashWords,
  flow: TokenFlow | null,
  expected: string | null,
): Check {
  const claimed = stringMember(claims, id);
  if (claimed === null && (member(claims, id) ?? null) !== null)
    return check(id, 'failed', t`It is no text.`);
  if (expected === null) {
    return claimed === null
      ? check(id, 'inapplicable', t`Not claimed.`)
      : check(id, 'cantTell', words.unseen);
  }
  if (claimed === expected) return compared(id, 'passed', words.same);
  if (claimed === null) {
    // Through the browser it must be there, from the token endpoint it may.
    return flow?.by === 'authorization_response'
      ? compared(id, 'failed', words.missing)
      : check(id, 'inapplicable', t`Not claimed, which it need not be.`);
  }
  const alg = stringMember(header, 'alg') ?? '';
  if (!hasAgreedHash(alg)) {
    return compared(id, 'cantTell', words.noAgreedHash(quoted(alg)));
  }
  // A renewal may bring the old ID token once more, beside a new access token.
  return flow?.by === 'renewal' || flow?.by === 'other'
    ? compared(id, 'cantTell', words.otherInRenewal)
    : compared(id, 'failed', words.other);
}
