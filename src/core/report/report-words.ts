import type { UnseenReason } from '../model/exchange.ts';
import type { Severity } from '../model/finding.ts';
import type { Destination } from '../model/knowledge.ts';
import type { SignatureState, TokenKind } from '../model/token.ts';

/** Worst first. */
export const SEVERITIES: readonly Severity[] = ['error', 'warning', 'notice'];

/** Why something was not seen, for people. */
export const UNSEEN: Readonly<Record<UnseenReason, string>> = {
  no_permission: 'no access to the site',
  body_not_available: 'body not recorded',
  body_too_large: 'body too large to read',
  body_malformed: 'body could not be read',
  url_malformed: 'URL could not be read',
  header_malformed: 'header could not be read',
  token_too_large: 'token too large to read',
  too_many_tokens: 'more tokens in one request than are read',
  background_stopped: 'the browser had stopped the extension',
  log_full: 'the log was full',
  raw_token_forgotten: 'token no longer in memory',
  entry_malformed: 'entry of the HAR could not be read',
  har_sanitised:
    'HAR was sanitised: exported without Authorization and Cookie headers, so most tokens are not in it',
  record_unreadable: 'a record on the disk could not be read',
  not_shown_to_test:
    'part of a request that the browser does not show to tests: its final headers, a WebSocket’s handshake, a service worker’s requests',
  internal_error: 'Aud-it made a mistake',
};

/** What a token is, for people. */
export const KINDS: Readonly<Record<TokenKind, string>> = {
  id_token: 'ID token',
  access_token: 'access token',
  refresh_token: 'refresh token',
  logout_token: 'logout token',
  dpop_proof: 'DPoP proof',
  client_assertion: 'client assertion',
  request_object: 'request object',
  authorization_response: 'authorization response',
  security_event: 'security event',
  session_token: 'session token',
  unknown_jwt: 'unknown JWT',
  encrypted: 'encrypted token',
  opaque: 'opaque token',
};

/** What is known of a signature, for people. Never more than that. */
export const SIGNATURES: Readonly<Record<SignatureState['status'], string>> = {
  verified: 'verified',
  invalid: 'invalid',
  unsecured: 'unsecured',
  unverifiable: 'could not be checked',
};

/** What a request's destination is: the name of its role without underscores. */
export function roleWords(role: Destination['role']): string {
  return role.replaceAll('_', ' ');
}

/** "1 request", "2 requests". */
export function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/** What a report says of itself, wherever it is read by people. */
export const ABOUT =
  'Aud-it checks tokens, not APIs: whether an API validates what it is sent cannot be seen from outside. No problem found means just that. This report is redacted: it holds no token, no query values and no names of people.';
