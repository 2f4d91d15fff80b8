import type { Check, ClassifiedToken, SignatureState } from '../model/token.ts';
import { t } from '../text.ts';
import { type BindingFacts, checkBinding } from './binding-checks.ts';
import { check } from './check.ts';
import { checkHeader } from './header-checks.ts';
import { checkParties, type PartyFacts } from './party-checks.ts';
import { checkTimes, type TimeFacts } from './time-checks.ts';

/** What validation needs to know of the world, as plain facts. */
export interface ValidationFacts extends PartyFacts, TimeFacts {
  readonly binding: BindingFacts;
}

/**
 * Validates a token (OpenID Connect Core 1.0 §3.1.3.7, RFC 7519 §7.2, RFC 8725 §3, RFC 9068 §4). Gathers every fact, not only
 * the first failure. Says nothing of whether an API validates it.
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
    ...checkHeader(token, signature),
    ...checkParties(token, facts),
    ...checkTimes(token, facts),
    ...checkBinding(token, facts.binding),
  ];
}

function checkSignature(signature: SignatureState): Check {
  switch (signature.status) {
    case 'verified':
      return check('signature', 'passed', verifiedText(signature));
    case 'invalid':
      return check('signature', 'failed', signature.reason);
    case 'unsecured':
      return check('signature', 'failed', t`There is none: an Unsecured JWT (RFC 7519 §6).`);
    case 'unverifiable':
      return check('signature', 'cantTell', signature.text);
  }
}

function verifiedText({ keyId, key }: Extract<SignatureState, { status: 'verified' }>): string {
  if (key?.type === 'oct') return t`Made with the secret that you gave.`;
  if (key?.from === 'person')
    return keyId === null
      ? t`Made with the key that you gave.`
      : t`Made with the key "${keyId}" that you gave.`;
  return keyId === null ? t`Made with its issuer's key.` : t`Made with its issuer's key "${keyId}".`;
}
