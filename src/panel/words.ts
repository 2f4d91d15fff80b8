/** Every word that the panel and the popup say, in one place. What findings say comes from the rules. */
import type { UnseenReason } from '../core/model/exchange.ts';
import type { Severity } from '../core/model/finding.ts';
import type {
  Check,
  Confidence,
  Evidence,
  Outcome,
  SightingLocation,
  SignatureState,
  TokenKind,
  UnverifiableReason,
} from '../core/model/token.ts';
import type { Coverage, RowVerdict } from '../core/model/view.ts';
import type { Gap, Unit } from './times.ts';

const number = new Intl.NumberFormat();

/** A number with its noun: "1 request", "1,024 requests". */
export function count(amount: number, one: string, many: string): string {
  return `${number.format(amount)} ${amount === 1 ? one : many}`;
}

export function formatNumber(amount: number): string {
  return number.format(amount);
}

export const VERDICTS: Readonly<Record<RowVerdict, string>> = {
  error: 'Error',
  warning: 'Warning',
  notice: 'Notice',
  cantTell: 'Can’t tell',
  accepted: 'Accepted by design',
  passed: 'No problem found',
};

export const SEVERITIES: Readonly<Record<Severity, string>> = {
  error: 'Error',
  warning: 'Warning',
  notice: 'Notice',
};

export const KINDS: Readonly<Record<TokenKind, string>> = {
  id_token: 'ID token',
  access_token: 'Access token',
  refresh_token: 'Refresh token',
  logout_token: 'Logout token',
  dpop_proof: 'DPoP proof',
  client_assertion: 'Client assertion',
  request_object: 'Request object',
  authorization_response: 'Authorization response',
  security_event: 'Security event token',
  session_token: 'Session token',
  unknown_jwt: 'JWT of unknown kind',
  encrypted: 'Encrypted token',
  opaque: 'Opaque token',
};

export const CONFIDENCES: Readonly<Record<Confidence, string>> = {
  certain: 'certain',
  strong: 'strong evidence',
  weak: 'weak evidence',
};

export const EVIDENCE_SOURCES: Readonly<Record<Evidence['source'], string>> = {
  provenance: 'How it was issued',
  typing: 'Explicit typing',
  audience: 'Audience',
  claims: 'Claims',
  parameter: 'Parameter',
  storage: 'Storage',
  vendor: 'Vendor',
};

export const OUTCOMES: Readonly<Record<Outcome, string>> = {
  passed: 'Passed',
  failed: 'Failed',
  cantTell: 'Can’t tell',
  inapplicable: 'Does not apply',
};

export const CHECKS: Readonly<Record<Check['id'], string>> = {
  signature: 'Signature',
  alg: 'Algorithm (alg)',
  key: 'Key',
  typ: 'Type (typ)',
  crit: 'Extensions (crit)',
  iss: 'Issuer (iss)',
  aud: 'Audience (aud)',
  azp: 'Authorized party (azp)',
  exp: 'Expiration time (exp)',
  nbf: 'Not before (nbf)',
  iat: 'Issued at (iat)',
  nonce: 'Nonce',
  at_hash: 'Access token hash (at_hash)',
  c_hash: 'Code hash (c_hash)',
};

const LOCATIONS: Readonly<Record<SightingLocation, string>> = {
  authorization_header: 'Authorization header',
  header: 'request header',
  cookie: 'cookie',
  path: 'URL path',
  query: 'URL query',
  fragment: 'URL fragment',
  form_body: 'form body',
  multipart_body: 'multipart body',
  json_body: 'JSON body',
  text_body: 'text body',
  redirect: 'redirect',
  websocket_protocol: 'WebSocket subprotocol',
  websocket_message: 'WebSocket message',
  response_body: 'response body',
};

const UNVERIFIABLE: Readonly<Record<UnverifiableReason, string>> = {
  not_checked_yet: 'it was not checked yet',
  issuer_missing: 'the token names no issuer',
  issuer_unknown: 'the issuer is not a place that keys are fetched from',
  issuer_not_approved: 'the traffic does not show its issuer as an authorization server',
  issuer_unreachable: 'the issuer’s keys could not be fetched',
  issuer_mismatch: 'the issuer’s metadata names another issuer',
  no_matching_key: 'the issuer publishes no key that fits',
  key_rejected: 'the key that fits can’t be used',
  symmetric: 'it is made with a secret that only its parties know',
  encrypted: 'the token is encrypted',
  opaque: 'the token is opaque: it has no signature to read',
  malformed: 'the token is malformed',
};

export const UNSEEN: Readonly<Record<UnseenReason, string>> = {
  no_permission: 'The extension has no access to the site',
  body_not_available: 'The browser did not show the body',
  body_too_large: 'The body is too large to read',
  body_malformed: 'The body could not be read',
  url_malformed: 'The URL could not be read',
  header_malformed: 'A header could not be read',
  token_too_large: 'A token is too large to read',
  too_many_tokens: 'The request carried too many tokens to read them all',
  background_stopped: 'The browser had stopped the extension',
  log_full: 'The log is full',
  raw_token_forgotten: 'The token was no longer in memory',
  entry_malformed: 'An entry of the HAR file could not be read',
  har_sanitised: 'The HAR file was exported without Authorization and Cookie headers',
  record_unreadable: 'A record on the disk could not be read',
  not_shown_to_test: 'The browser does not show it to tests',
  internal_error: 'Aud-it made a mistake',
};

/** Where a token stood, with its parameter's name where that says more. */
export function location(where: SightingLocation, name: string, scheme: string | null): string {
  if (where === 'authorization_header') {
    return scheme === null ? LOCATIONS[where] : `${LOCATIONS[where]}, ${scheme}`;
  }
  return name === '' ? LOCATIONS[where] : `${LOCATIONS[where]}, “${name}”`;
}

/** The state of a signature, in one sentence. */
export function signature(state: SignatureState): string {
  switch (state.status) {
    case 'verified':
      if (state.key?.from === 'person') return 'Verified with what you gave.';
      return state.keyId === null
        ? 'Verified with a key that the issuer publishes.'
        : `Verified with the issuer’s published key “${state.keyId}”.`;
    case 'invalid':
      return `Invalid: ${state.reason}`;
    case 'unsecured':
      return 'Unsecured: the token has no signature, so anyone can have written it.';
    case 'unverifiable':
      return state.text === ''
        ? `Could not check, because ${UNVERIFIABLE[state.reason]}.`
        : `Could not check, because ${UNVERIFIABLE[state.reason]}. ${state.text}`;
  }
}

const UNITS: Readonly<Record<Unit, readonly [one: string, many: string]>> = {
  year: ['year', 'years'],
  day: ['day', 'days'],
  hour: ['hour', 'hours'],
  minute: ['minute', 'minutes'],
  second: ['second', 'seconds'],
};

/** "59 minutes 57 seconds after the request". */
export function relativeToRequest(distance: Gap): string {
  if (distance.side === 'same') return 'in the second of the request';
  const parts = distance.parts.map(({ amount, unit }) => count(amount, UNITS[unit][0], UNITS[unit][1]));
  return `${parts.join(' ')} ${distance.side} the request`;
}

/** "3 not wholly seen". */
export function notWhollySeen(seen: Coverage, unreadable: number): string {
  const total = seen.unseen.reduce((sum, { count: amount }) => sum + amount, unreadable);
  return `${number.format(total)} not wholly seen`;
}

export const WORDS = {
  name: 'Aud-it',
  isNew: 'new',
  requests: 'Requests with tokens',
  resize: 'Size of the list',
  pending: 'pending',
  reconnecting: 'The background stopped; reconnecting…',
  unreadableMessages: 'A message within the extension could not be read',
  empty: {
    title: 'No request with a token yet',
    use: 'Use the app: each request that carries a token shows up here as it leaves.',
    reload: 'Reload the page to see its sign-in, too.',
    scope: 'Aud-it watches this tab while its DevTools are open.',
  },
  noProblem: (rows: number) =>
    `No problem found in ${count(rows, 'request with a token', 'requests with tokens')}`,
  access: {
    title: 'Aud-it can’t see all requests',
    missing: 'It has no access to:',
    unnamed: 'It lacks access to sites that you inspect.',
    allow: 'Allow access',
    refused: 'Access was not given. Requests to these sites stay unseen.',
    granted: 'Aud-it has access. You can close this page.',
  },
  detail: {
    label: 'Details of the chosen request',
    close: 'Close the details',
    loading: 'Loading…',
    gone: 'This request is no longer in the log.',
    findings: 'Findings',
    request: 'Request',
    noFindings: 'No rule found anything to report here. That does not say that the API checks the token.',
    why: 'Why it matters',
    fix: 'How to fix it',
    evidence: 'Evidence',
    references: 'References',
    because: 'Why it can’t be told',
    rule: 'Rule',
    accepted: (reason: string, until: string) => `Accepted by design until ${until}: ${reason}`,
    url: 'URL',
    time: 'Time',
    status: 'Status',
    sentTo: 'Sent to',
    initiator: 'Sent by',
    nobody: 'no page (typed, or opened from elsewhere)',
    opensInNewTab: '(opens in a new tab)',
  },
  token: {
    kind: 'What it is',
    identity: 'Issuer, audience and scope',
    issuer: 'Issuer (iss)',
    audience: 'Audience (aud)',
    client: 'Client (client_id)',
    scope: 'Scope',
    fingerprint: 'Fingerprint (SHA-256)',
    none: 'none',
    says: (kind: string) => `says: ${kind}`,
    see: 'See the request',
    checks: 'Signature and checks',
    header: 'JOSE header',
    claims: 'Claims',
    unreadable: 'Nothing to read',
    name: 'Name',
    value: 'Value',
    meaning: 'Meaning',
    noDate: 'not a date',
    here: 'this request',
  },
  showWhole: (characters: number) => `Show all (${count(characters, 'more character', 'more characters')})`,
  leftOff: (characters: number) => `${count(characters, 'character', 'characters')} left off`,
  popup: {
    watching: 'Watching this tab',
    notWatching: 'Not watching this tab',
    connecting: 'Asking…',
    errors: (errors: number) =>
      errors === 0 ? 'No error found so far' : `${count(errors, 'error', 'errors')} found`,
    open: (keys: string) => `Open DevTools (${keys}) and choose the Aud-it tab.`,
    see: (keys: string) => `The Aud-it tab in DevTools (${keys}) shows each request and why.`,
    options: 'Clients, resources, rules…',
    keys: 'F12',
    keysMac: '⌥⌘I',
  },
} as const;
