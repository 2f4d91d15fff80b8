import type { UnseenReason } from '../model/exchange.ts';
import type { Severity } from '../model/finding.ts';
import type { Destination } from '../model/knowledge.ts';
import type { Confidence, SignatureState, TokenKind } from '../model/token.ts';
import { t } from '../text.ts';

/** Worst first. */
export const SEVERITIES: readonly Severity[] = ['error', 'warning', 'notice'];

/** Why something was not seen, for people. */
export const UNSEEN: Readonly<Record<UnseenReason, string>> = {
  no_permission: t`no access to the site`,
  body_not_available: t`body not recorded`,
  body_too_large: t`body too large to read`,
  body_malformed: t`body could not be read`,
  url_malformed: t`URL could not be read`,
  header_malformed: t`header could not be read`,
  token_too_large: t`token too large to read`,
  too_many_tokens: t`more tokens in one request than are read`,
  background_stopped: t`the browser had stopped the extension`,
  log_full: t`the log was full`,
  raw_token_forgotten: t`token no longer in memory`,
  entry_malformed: t`entry of the HAR could not be read`,
  har_sanitised: t`HAR was sanitised: exported without Authorization and Cookie headers, so most tokens are not in it`,
  record_unreadable: t`a record on the disk could not be read`,
  not_shown_to_test: t`part of a request that the browser does not show to tests: its final headers, a WebSocket’s handshake, a service worker’s requests`,
  private_window: t`request of a private window, or that may be of one: it is not recorded`,
  internal_error: t`Aud-it made a mistake`,
};

/** What a token is, for people. */
export const KINDS: Readonly<Record<TokenKind, string>> = {
  id_token: t`ID token`,
  access_token: t`access token`,
  refresh_token: t`refresh token`,
  logout_token: t`logout token`,
  dpop_proof: t`DPoP proof`,
  client_assertion: t`client assertion`,
  request_object: t`request object`,
  authorization_response: t`authorization response`,
  security_event: t`security event`,
  session_token: t`session token`,
  unknown_jwt: t`unknown JWT`,
  encrypted: t`encrypted token`,
  opaque: t`opaque token`,
};

/** What is known of a signature, for people. Never more than that. */
export const SIGNATURES: Readonly<Record<SignatureState['status'], string>> = {
  verified: t`verified`,
  invalid: t`invalid`,
  unsecured: t`unsecured`,
  unverifiable: t`could not be checked`,
};

/** How much a finding counts, for people. */
export const SEVERITY_WORDS: Readonly<Record<Severity, string>> = {
  error: t`error`,
  warning: t`warning`,
  notice: t`notice`,
};

/** How sure it is what a token is, for people. */
export const CONFIDENCES: Readonly<Record<Confidence, string>> = {
  certain: t`certain`,
  strong: t`strong`,
  weak: t`weak`,
};

/** What a request's destination is: the name of its role without underscores. */
export const ROLES: Readonly<Record<Destination['role'], string>> = {
  authorization_endpoint: t`authorization endpoint`,
  token_endpoint: t`token endpoint`,
  userinfo_endpoint: t`userinfo endpoint`,
  end_session_endpoint: t`end session endpoint`,
  introspection_endpoint: t`introspection endpoint`,
  revocation_endpoint: t`revocation endpoint`,
  pushed_authorization_request_endpoint: t`pushed authorization request endpoint`,
  device_authorization_endpoint: t`device authorization endpoint`,
  registration_endpoint: t`registration endpoint`,
  jwks_uri: t`jwks uri`,
  metadata: t`metadata`,
  authorization_server: t`authorization server`,
  protected_resource: t`protected resource`,
  client: t`client`,
  third_party: t`third party`,
  unknown: t`unknown`,
};

/** "1 request", "2 requests". */
export function requestCount(count: number): string {
  return count === 1 ? t`1 request` : t`${count} requests`;
}

/** "1 token", "2 tokens". */
export function tokenCount(count: number): string {
  return count === 1 ? t`1 token` : t`${count} tokens`;
}

/** "1 error", "2 errors". */
export function severityCount(severity: Severity, count: number): string {
  switch (severity) {
    case 'error':
      return count === 1 ? t`1 error` : t`${count} errors`;
    case 'warning':
      return count === 1 ? t`1 warning` : t`${count} warnings`;
    case 'notice':
      return count === 1 ? t`1 notice` : t`${count} notices`;
  }
}

/** How many requests were seen: "5 requests, 2 with a token". */
export function coverageWords({ exchanges, withToken }: CoverageCounts): string {
  return t`${requestCount(exchanges)}, ${withToken} with a token`;
}

/** As {@link coverageWords}, with when they were recorded, where that is known. */
export function recordedWords(coverage: CoverageCounts, startedAt: string | null): string {
  const seen = coverageWords(coverage);
  return startedAt === null ? seen : t`${seen}, recorded ${startedAt}`;
}

interface CoverageCounts {
  readonly exchanges: number;
  readonly withToken: number;
}

/** What a list leaves out. */
export function moreWords(count: number): string {
  return count === 1 ? t`and 1 more` : t`and ${count} more`;
}

/** What a report says of itself, wherever it is read by people. */
export const ABOUT = t`Aud-it checks tokens, not APIs: whether an API validates what it is sent cannot be seen from outside. No problem found means just that. This report is redacted: it holds no token, no query values and no names of people.`;
