import type { MessageRule, Rule, RuleMetadata } from '../../model/finding.ts';
import { accessTokenAcrossSites } from './access-token-across-sites.ts';
import { accessTokenAsIdentity } from './access-token-as-identity.ts';
import { audienceMismatch } from './audience-mismatch.ts';
import { audienceMissing } from './audience-missing.ts';
import { clientSecretInBrowser } from './client-secret-in-browser.ts';
import { credentialAcrossSites } from './credential-across-sites.ts';
import { expiredToken } from './expired-token.ts';
import { forbiddenAlgorithm } from './forbidden-algorithm.ts';
import { guessableHmacSecret } from './guessable-hmac-secret.ts';
import { idTokenAsBearer } from './id-token-as-bearer.ts';
import { idTokenInBody } from './id-token-in-body.ts';
import { idTokenInCookie } from './id-token-in-cookie.ts';
import { idTokenOfAnotherClient } from './id-token-of-another-client.ts';
import { idTokenToThirdParty } from './id-token-to-third-party.ts';
import { implicitGrant } from './implicit-grant.ts';
import { invalidSignature } from './invalid-signature.ts';
import { missingNonce } from './missing-nonce.ts';
import { missingPkce } from './missing-pkce.ts';
import { missingState } from './missing-state.ts';
import { nonceMismatch } from './nonce-mismatch.ts';
import { otherTokenAsBearer } from './other-token-as-bearer.ts';
import { passwordGrant } from './password-grant.ts';
import { plainPkce } from './plain-pkce.ts';
import { refreshTokenOutsideTokenEndpoint } from './refresh-token-outside-token-endpoint.ts';
import { tokenHashMismatch } from './token-hash-mismatch.ts';
import { tokenInUrl } from './token-in-url.ts';
import { tokenNotYetValid } from './token-not-yet-valid.ts';
import { tokenOverHttp } from './token-over-http.ts';
import { tokenToUnconnectedSite } from './token-to-unconnected-site.ts';
import { unsecuredJwt } from './unsecured-jwt.ts';
import { untrustedIssuer } from './untrusted-issuer.ts';
import { unverifiableToken } from './unverifiable-token.ts';

/** Every rule on tokens, in the order in which they are documented. */
export const RULES: readonly Rule[] = [
  idTokenAsBearer,
  idTokenInBody,
  idTokenInCookie,
  idTokenToThirdParty,
  idTokenOfAnotherClient,
  refreshTokenOutsideTokenEndpoint,
  tokenInUrl,
  tokenOverHttp,
  audienceMismatch,
  audienceMissing,
  accessTokenAcrossSites,
  credentialAcrossSites,
  tokenToUnconnectedSite,
  accessTokenAsIdentity,
  unsecuredJwt,
  guessableHmacSecret,
  forbiddenAlgorithm,
  invalidSignature,
  nonceMismatch,
  tokenHashMismatch,
  untrustedIssuer,
  expiredToken,
  tokenNotYetValid,
  unverifiableToken,
  otherTokenAsBearer,
];

/** Every rule on requests of the protocol itself. */
export const MESSAGE_RULES: readonly MessageRule[] = [
  implicitGrant,
  missingPkce,
  plainPkce,
  missingState,
  missingNonce,
  passwordGrant,
  clientSecretInBrowser,
];

export const ALL_RULES: readonly RuleMetadata[] = [...RULES, ...MESSAGE_RULES];
