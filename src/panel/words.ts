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
import { locale, t } from '../core/text.ts';
import type { Gap } from './times.ts';

const number = new Intl.NumberFormat(locale());

/** "412 requests seen, 37 with a token". */
export function listed(parts: readonly string[]): string {
  const [first = '', ...others] = parts;
  return others.reduce((before, part) => t`${before}, ${part}`, first);
}

export function formatNumber(amount: number): string {
  return number.format(amount);
}

export const VERDICTS: Readonly<Record<RowVerdict, string>> = {
  error: t`Error`,
  warning: t`Warning`,
  notice: t`Notice`,
  cantTell: t`Can’t tell`,
  accepted: t`Accepted by design`,
  passed: t`No problem found`,
};

export const SEVERITIES: Readonly<Record<Severity, string>> = {
  error: t`Error`,
  warning: t`Warning`,
  notice: t`Notice`,
};

export const KINDS: Readonly<Record<TokenKind, string>> = {
  id_token: t`ID token`,
  access_token: t`Access token`,
  refresh_token: t`Refresh token`,
  logout_token: t`Logout token`,
  dpop_proof: t`DPoP proof`,
  client_assertion: t`Client assertion`,
  request_object: t`Request object`,
  authorization_response: t`Authorization response`,
  security_event: t`Security event token`,
  session_token: t`Session token`,
  unknown_jwt: t`JWT of unknown kind`,
  encrypted: t`Encrypted token`,
  opaque: t`Opaque token`,
};

export const CONFIDENCES: Readonly<Record<Confidence, string>> = {
  certain: t`certain`,
  strong: t`strong evidence`,
  weak: t`weak evidence`,
};

export const EVIDENCE_SOURCES: Readonly<Record<Evidence['source'], string>> = {
  provenance: t`How it was issued`,
  typing: t`Explicit typing`,
  audience: t`Audience`,
  claims: t`Claims`,
  parameter: t`Parameter`,
  storage: t`Storage`,
  vendor: t`Vendor`,
};

export const OUTCOMES: Readonly<Record<Outcome, string>> = {
  passed: t`Passed`,
  failed: t`Failed`,
  cantTell: t`Can’t tell`,
  inapplicable: t`Does not apply`,
};

export const CHECKS: Readonly<Record<Check['id'], string>> = {
  signature: t`Signature`,
  alg: t`Algorithm (alg)`,
  key: t`Key`,
  typ: t`Type (typ)`,
  crit: t`Extensions (crit)`,
  iss: t`Issuer (iss)`,
  aud: t`Audience (aud)`,
  azp: t`Authorized party (azp)`,
  exp: t`Expiration time (exp)`,
  nbf: t`Not before (nbf)`,
  iat: t`Issued at (iat)`,
  nonce: t`Nonce`,
  at_hash: t`Access token hash (at_hash)`,
  c_hash: t`Code hash (c_hash)`,
};

const LOCATIONS: Readonly<Record<SightingLocation, string>> = {
  authorization_header: t`Authorization header`,
  header: t`request header`,
  cookie: t`cookie`,
  path: t`URL path`,
  query: t`URL query`,
  fragment: t`URL fragment`,
  form_body: t`form body`,
  multipart_body: t`multipart body`,
  json_body: t`JSON body`,
  text_body: t`text body`,
  redirect: t`redirect`,
  websocket_protocol: t`WebSocket subprotocol`,
  websocket_message: t`WebSocket message`,
  response_body: t`response body`,
};

const UNVERIFIABLE: Readonly<Record<UnverifiableReason, string>> = {
  not_checked_yet: t`it was not checked yet`,
  issuer_missing: t`the token names no issuer`,
  issuer_unknown: t`the issuer is not a place that keys are fetched from`,
  issuer_not_approved: t`the traffic does not show its issuer as an authorization server`,
  issuer_unreachable: t`the issuer’s keys could not be fetched`,
  issuer_mismatch: t`the issuer’s metadata names another issuer`,
  no_matching_key: t`the issuer publishes no key that fits`,
  key_rejected: t`the key that fits can’t be used`,
  symmetric: t`it is made with a secret that only its parties know`,
  encrypted: t`the token is encrypted`,
  opaque: t`the token is opaque: it has no signature to read`,
  malformed: t`the token is malformed`,
};

export const UNSEEN: Readonly<Record<UnseenReason, string>> = {
  no_permission: t`The extension has no access to the site`,
  body_not_available: t`The browser did not show the body`,
  body_too_large: t`The body is too large to read`,
  body_malformed: t`The body could not be read`,
  url_malformed: t`The URL could not be read`,
  header_malformed: t`A header could not be read`,
  token_too_large: t`A token is too large to read`,
  too_many_tokens: t`The request carried too many tokens to read them all`,
  background_stopped: t`The browser had stopped the extension`,
  log_full: t`The log is full`,
  raw_token_forgotten: t`The token was no longer in memory`,
  entry_malformed: t`An entry of the HAR file could not be read`,
  har_sanitised: t`The HAR file was exported without Authorization and Cookie headers`,
  record_unreadable: t`A record on the disk could not be read`,
  not_shown_to_test: t`The browser does not show it to tests`,
  private_window: t`Private windows are not recorded`,
  internal_error: t`Aud-it made a mistake`,
};

/** Where a token stood, with its parameter's name where that says more. */
export function location(where: SightingLocation, name: string, scheme: string | null): string {
  if (where === 'authorization_header') {
    return scheme === null ? LOCATIONS[where] : listed([LOCATIONS[where], scheme]);
  }
  return name === '' ? LOCATIONS[where] : t`${LOCATIONS[where]}, “${name}”`;
}

/** The state of a signature, in one sentence. */
export function signature(state: SignatureState): string {
  switch (state.status) {
    case 'verified':
      if (state.key?.from === 'person') return t`Verified with what you gave.`;
      return state.keyId === null
        ? t`Verified with a key that the issuer publishes.`
        : t`Verified with the issuer’s published key “${state.keyId}”.`;
    case 'invalid':
      return t`Invalid: ${state.reason}`;
    case 'unsecured':
      return t`Unsecured: the token has no signature, so anyone can have written it.`;
    case 'unverifiable':
      return `${t`Could not check, because ${UNVERIFIABLE[state.reason]}.`} ${state.text}`.trimEnd();
  }
}

/** "59 minutes 57 seconds after the request". */
export function relativeToRequest({ side, parts }: Gap): string {
  if (side === 'same') return t`in the second of the request`;
  const [larger = '', smaller] = parts.map(({ amount, unit }) =>
    new Intl.NumberFormat(locale(), { style: 'unit', unit, unitDisplay: 'long' }).format(amount),
  );
  const distance = smaller === undefined ? larger : t`${larger} ${smaller}`;
  return side === 'before' ? t`${distance} before the request` : t`${distance} after the request`;
}

/** "3 not wholly seen". */
export function notWhollySeen(seen: Coverage, unreadable: number): string {
  const total = seen.unseen.reduce((sum, { count: amount }) => sum + amount, unreadable);
  return t`${formatNumber(total)} not wholly seen`;
}

export const WORDS = {
  name: 'Aud-it',
  isNew: t`new`,
  requests: t`Requests with tokens`,
  resize: t`Size of the list`,
  pending: t`pending`,
  reconnecting: t`The background stopped; reconnecting…`,
  unreadableMessages: t`A message within the extension could not be read`,
  empty: {
    title: t`No request with a token yet`,
    use: t`Use the app: each request that carries a token shows up here as it leaves.`,
    reload: t`Reload the page to see its sign-in, too.`,
    scope: t`Aud-it watches this tab while its DevTools are open.`,
  },
  noProblem: (rows: number) =>
    rows === 1
      ? t`No problem found in 1 request with a token`
      : t`No problem found in ${formatNumber(rows)} requests with tokens`,
  access: {
    title: t`Aud-it can’t see all requests.`,
    missing: (origins: string) => t`It has no access to: ${origins}`,
    unnamed: t`It lacks access to sites that you inspect.`,
    allow: t`Allow access`,
    refused: t`Access was not given. Requests to these sites stay unseen.`,
    granted: t`Aud-it has access. You can close this page.`,
  },
  detail: {
    label: t`Details of the chosen request`,
    close: t`Close the details`,
    loading: t`Loading…`,
    gone: t`This request is no longer in the log.`,
    findings: t`Findings`,
    request: t`Request`,
    noFindings: t`No rule found anything to report here. That does not say that the API checks the token.`,
    why: t`Why it matters`,
    fix: t`How to fix it`,
    evidence: t`Evidence`,
    references: t`References`,
    because: t`Why it can’t be told`,
    rule: t`Rule`,
    accepted: (reason: string, until: string) => t`Accepted by design until ${until}: ${reason}`,
    url: t`URL`,
    time: t`Time`,
    status: t`Status`,
    sentTo: t`Sent to`,
    initiator: t`Sent by`,
    nobody: t`no page (typed, or opened from elsewhere)`,
    opensInNewTab: t`(opens in a new tab)`,
  },
  token: {
    kind: t`What it is`,
    identity: t`Issuer, audience and scope`,
    issuer: t`Issuer (iss)`,
    audience: t`Audience (aud)`,
    client: t`Client (client_id)`,
    scope: t`Scope`,
    fingerprint: t`Fingerprint (SHA-256)`,
    none: t`none`,
    says: (kind: string) => t`(says: ${kind})`,
    see: t`See the request`,
    checks: t`Signature and checks`,
    header: t`JOSE header`,
    claims: t`Claims`,
    unreadable: t`Nothing to read`,
    name: t`Name`,
    value: t`Value`,
    meaning: t`Meaning`,
    noDate: t`not a date`,
    here: t`(this request)`,
  },
  showWhole: (characters: number) =>
    characters === 1
      ? t`Show all (1 more character)`
      : t`Show all (${formatNumber(characters)} more characters)`,
  leftOff: (characters: number) =>
    characters === 1 ? t`1 character left off` : t`${formatNumber(characters)} characters left off`,
  popup: {
    watching: t`Watching this tab`,
    notWatching: t`Not watching this tab`,
    connecting: t`Asking…`,
    errors: (errors: number) =>
      errors === 0
        ? t`No error found so far`
        : errors === 1
          ? t`1 error found`
          : t`${formatNumber(errors)} errors found`,
    open: (keys: string) => t`Open DevTools (${keys}) and choose the Aud-it tab.`,
    see: (keys: string) => t`The Aud-it tab in DevTools (${keys}) shows each request and why.`,
    options: t`Clients, resources, rules…`,
    keys: 'F12',
    keysMac: '⌥⌘I',
  },
} as const;
