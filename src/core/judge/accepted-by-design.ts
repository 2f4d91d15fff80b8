import type { DecodedToken } from '../model/token.ts';
import { stringMember } from '../syntax/json.ts';
import { t } from '../text.ts';

interface Sanction {
  readonly vendor: string;
  /** Issuers, from the start of the `iss` claim. */
  readonly issuer: RegExp;
  readonly text: string;
}

/** Vendors who have ID tokens sent to APIs on purpose, by their own documentation. */
const SANCTIONS: readonly Sanction[] = [
  {
    vendor: 'Firebase',
    issuer: /^https:\/\/securetoken\.google\.com\//,
    text: t`Firebase has apps send the ID token to their own backend, which verifies it (https://firebase.google.com/docs/auth/admin/verify-id-tokens).`,
  },
  {
    vendor: 'Amazon Cognito',
    issuer: /^https:\/\/cognito-idp\.[\w-]+\.amazonaws\.com\//,
    text: t`API Gateway authorizers take Cognito ID tokens (https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-integrate-with-cognito.html).`,
  },
];

/** @returns the vendor's own word that ID tokens of this issuer may go to APIs; null where there is none */
export function acceptedByDesign(token: DecodedToken): Pick<Sanction, 'vendor' | 'text'> | null {
  if (token.form !== 'jwt') return null;
  const issuer = stringMember(token.claims, 'iss') ?? '';
  return SANCTIONS.find((sanction) => sanction.issuer.test(issuer)) ?? null;
}
