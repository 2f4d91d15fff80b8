import type { MessageRule, Rule, RuleMetadata } from '../../model/finding.ts';
import { audienceMismatch } from './audience-mismatch.ts';
import { expiredToken } from './expired-token.ts';
import { idTokenAsBearer } from './id-token-as-bearer.ts';
import { idTokenToThirdParty } from './id-token-to-third-party.ts';
import { invalidSignature } from './invalid-signature.ts';
import { tokenInUrl } from './token-in-url.ts';
import { unsecuredJwt } from './unsecured-jwt.ts';
import { unverifiableToken } from './unverifiable-token.ts';

/** Every rule on tokens, in the order in which they are documented. */
export const RULES: readonly Rule[] = [
  idTokenAsBearer,
  idTokenToThirdParty,
  tokenInUrl,
  audienceMismatch,
  unsecuredJwt,
  invalidSignature,
  expiredToken,
  unverifiableToken,
];

/** Every rule on requests of the protocol itself. */
export const MESSAGE_RULES: readonly MessageRule[] = [];

export const ALL_RULES: readonly RuleMetadata[] = [...RULES, ...MESSAGE_RULES];
