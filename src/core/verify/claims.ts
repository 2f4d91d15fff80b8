import type { IssuerMetadata } from '../model/knowledge.ts';
import type { Check, ClassifiedToken, Outcome, SignatureState } from '../model/token.ts';
import { member, numberMember, stringMember, stringsMember } from '../syntax/json.ts';

/** Clocks differ: a minute either way is no finding (RFC 7519 §4.1.4 "usually no more than a few minutes"). */
export const CLOCK_TOLERANCE_S = 60;

/** What validation needs to know of the world, as plain facts. */
export interface ValidationFacts {
  /** The metadata of the token's issuer, once fetched or seen. */
  readonly metadata: IssuerMetadata | null;
  readonly isClientOf: (clientId: string, issuer: string | null) => boolean;
  /** The moment to judge at: that of the request. ms since the epoch. */
  readonly at: number;
}

/**
 * Validates what a token claims (OpenID Connect Core 1.0 §3.1.3.7, RFC 7519 §4.1, RFC 9068 §4). Gathers every fact,
 * not only the first failure.
 * @returns a line for each, in reading order; none for a token whose claims can't be read
 */
export function validateClaims(
  token: ClassifiedToken,
  signature: SignatureState,
  facts: ValidationFacts,
): readonly Check[] {
  if (token.form !== 'jwt') return [];
  return [
    checkSignature(signature),
    checkIssuer(token, facts),
    checkAudience(token, facts),
    checkTime(token, 'exp', facts.at),
    checkTime(token, 'nbf', facts.at),
    checkTime(token, 'iat', facts.at),
  ];
}

function checkSignature(signature: SignatureState): Check {
  switch (signature.status) {
    case 'verified':
      return check(
        'signature',
        'passed',
        `Made with its issuer's key${signature.keyId === null ? '' : ` "${signature.keyId}"`}.`,
      );
    case 'invalid':
      return check('signature', 'failed', signature.reason);
    case 'unsecured':
      return check('signature', 'failed', 'There is none: an Unsecured JWT (RFC 7519 §6).');
    case 'unverifiable':
      return check('signature', 'cantTell', signature.text);
  }
}

type Jwt = Extract<ClassifiedToken, { form: 'jwt' }>;

function checkIssuer({ claims }: Jwt, { metadata }: ValidationFacts): Check {
  const issuer = stringMember(claims, 'iss');
  if (issuer === null) return check('iss', 'cantTell', 'It names no issuer.');
  if (metadata === null) return check('iss', 'cantTell', `"${issuer}": its metadata was not read.`);
  return metadata.issuer === issuer || metadata.issuer === `https://${issuer}`
    ? check('iss', 'passed', `"${issuer}", as its metadata says.`)
    : check('iss', 'failed', `"${issuer}", but its metadata says "${metadata.issuer}".`);
}

/** OpenID Connect Core 1.0 §3.1.3.7, 3. An access token's audience is compared with where it goes, request by request. */
function checkAudience({ claims, classification }: Jwt, { isClientOf }: ValidationFacts): Check {
  const audiences = stringsMember(claims, 'aud');
  const issuer = stringMember(claims, 'iss');
  const listed = audiences.map((audience) => `"${audience}"`).join(', ');
  if (audiences.length === 0) return check('aud', 'cantTell', 'It names no audience.');
  if (classification.kind !== 'id_token')
    return check('aud', 'inapplicable', `${listed}: see where the request went.`);
  return audiences.some((audience) => isClientOf(audience, issuer))
    ? check('aud', 'passed', `${listed}: the app's client_id.`)
    : check('aud', 'cantTell', `${listed}: no client_id of that name was seen at its issuer.`);
}

/** RFC 7519 §4.1.4 to §4.1.6, judged at the moment of the request. */
function checkTime({ claims }: Jwt, id: 'exp' | 'nbf' | 'iat', at: number): Check {
  if (member(claims, id) === undefined) return check(id, 'inapplicable', 'Not claimed.');
  const seconds = numberMember(claims, id);
  if (seconds === null) return check(id, 'failed', 'Not a number (NumericDate, RFC 7519 §2).');
  const late = at / 1000 - seconds;
  if (id === 'exp') {
    return late >= CLOCK_TOLERANCE_S
      ? check(id, 'failed', `It had expired ${duration(late)} before the request.`)
      : check(
          id,
          'passed',
          late > 0
            ? 'Just expired, within the clock tolerance.'
            : `Valid for ${duration(-late)} more when sent.`,
        );
  }
  if (late < -CLOCK_TOLERANCE_S) {
    const begins = id === 'nbf' ? 'not valid before' : 'said to be issued';
    return check(id, 'failed', `It is ${begins} ${duration(-late)} after the request.`);
  }
  return check(
    id,
    'passed',
    id === 'nbf' ? 'Valid already when sent.' : `Issued ${duration(Math.max(0, late))} before the request.`,
  );
}

function check(id: Check['id'], outcome: Outcome, text: string): Check {
  return { id, outcome, text };
}

/** @param seconds a length of time, not negative */
function duration(seconds: number): string {
  if (seconds < 120) return `${Math.floor(seconds)} s`;
  if (seconds < 7200) return `${Math.floor(seconds / 60)} min`;
  if (seconds < 172_800) return `${Math.floor(seconds / 3600)} h`;
  return `${Math.floor(seconds / 86_400)} days`;
}
