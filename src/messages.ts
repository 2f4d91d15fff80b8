/**
 * Every message between the extension's pages and its background, in both directions: said once, as schemas from
 * which the types are checked. What arrives at a port is `unknown` until a schema took it. Messages are plain JSON
 * values only: Chromium serialises them so, Firefox clones.
 */
import * as v from 'valibot';
import type { HttpBody, HttpExchange, UnseenReason } from './core/model/exchange.ts';
import type { Finding, Reference, SdkFix, Severity } from './core/model/finding.ts';
import type { AppMap } from './core/model/map.ts';
import type { StoredEntry } from './core/model/sdk.ts';
import type { Timeline } from './core/model/timeline.ts';
import type {
  Check,
  Classification,
  Confidence,
  Evidence,
  Fingerprint,
  KeyFacts,
  Outcome,
  SightingLocation,
  SignatureState,
  TokenKind,
  UnverifiableReason,
} from './core/model/token.ts';
import type {
  Access,
  AskedUrl,
  AuditDetail,
  AuditRow,
  ClaimView,
  Coverage,
  Place,
  RowVerdict,
  TokenView,
} from './core/model/view.ts';
import { packRows, unpackRows } from './packed-rows.ts';
import { viewSchemas } from './view-schemas.ts';

/** The names of the ports that the background answers. */
export const PORTS = { devtools: 'devtools', panel: 'panel', popup: 'popup', sessions: 'sessions' } as const;

/** Where in `storage.local` the options page keeps the configuration, and the background reads it. It holds no secret. */
export const CONFIGURATION_KEY = 'configuration';

/** From the devtools page: it observes a tab for as long as its port is open, and tells what the network shows there. */
export type FromDevtools =
  | { readonly type: 'devtools/observe'; readonly tab: number }
  /** What the network log has; the background may have seen the same requests itself. */
  | { readonly type: 'devtools/exchanges'; readonly exchanges: readonly HttpExchange[] }
  /** The answer to `devtools/read`, under the id that was asked for. */
  | { readonly type: 'devtools/response'; readonly exchange: HttpExchange }
  /** What client libraries keep in the storage of the page, which says so of itself. */
  | {
      readonly type: 'devtools/storage';
      readonly origin: string;
      readonly entries: readonly StoredEntry[];
      /** ms since the epoch. */
      readonly at: number;
    }
  /** Nothing but a sign of life: keeps the background awake while someone looks. */
  | { readonly type: 'devtools/keep-awake' };

/** A request of which webRequest doesn't show all. */
export interface WantedResponse {
  /** The id under which the request was observed. */
  readonly exchange: string;
  readonly method: string;
  readonly url: string;
  /** ms since the epoch. */
  readonly at: number;
  /** True where the response's body can teach something; false where only what was sent is asked for. */
  readonly body: boolean;
}

/** To the devtools page: webRequest never shows a response's body, nor all that is sent; DevTools do. */
export type ToDevtools =
  | { readonly type: 'devtools/read'; readonly wanted: WantedResponse }
  /** A token was sent that no response was seen to issue: the page's storage may say what it is. */
  | { readonly type: 'devtools/read-storage' };

export type WatchedView = 'map' | 'timeline';

/** From the panel. */
export type FromPanel =
  | { readonly type: 'panel/open'; readonly tab: number }
  | { readonly type: 'panel/select'; readonly exchange: string | null }
  /** Forgets the tab's log; with `before` (ms since the epoch) only what began earlier. */
  | { readonly type: 'panel/clear'; readonly before?: number }
  /** A person wants this issuer asked for its keys, though the traffic does not show it as an authorization server. */
  | { readonly type: 'panel/approve-issuer'; readonly issuer: string }
  /** A person wants this token's issuer asked anew. */
  | { readonly type: 'panel/check-again'; readonly token: string }
  /** Keys for an issuer's tokens: JWK Set, JWK or PEM. null: for tokens that name no issuer. */
  | { readonly type: 'panel/give-keys'; readonly issuer: string | null; readonly keys: string }
  /** The secret of an issuer's HMACs: kept in memory only. */
  | {
      readonly type: 'panel/give-secret';
      readonly issuer: string | null;
      readonly secret: string;
      readonly encoding: 'text' | 'base64url';
    }
  /** Which of the larger views is looked at: it is told at once, and whenever it changes. */
  | { readonly type: 'panel/watch'; readonly view: WatchedView | null }
  /** A person asks for the token itself. */
  | { readonly type: 'panel/raw-token'; readonly token: Fingerprint }
  /** Asks for the page in which host permissions can be granted with a click (Firefox has no other way). */
  | { readonly type: 'panel/open-access-page' };

/** To the panel. It is sent as {@link writeToPanel} writes it. */
export type ToPanel =
  /** Rows that are new or changed. `reset`: forget all that came before. */
  | { readonly type: 'audit/rows'; readonly reset: boolean; readonly rows: readonly AuditRow[] }
  | { readonly type: 'audit/detail'; readonly detail: AuditDetail | null }
  | { readonly type: 'audit/coverage'; readonly coverage: Coverage }
  /** What left the browser for authorization servers, oldest first. */
  | { readonly type: 'audit/asked'; readonly asked: readonly AskedUrl[] }
  /** The answer to `panel/give-keys` and `panel/give-secret`: why they were not taken, null where they were. */
  | { readonly type: 'audit/keys-taken'; readonly issuer: string | null; readonly problem: string | null }
  | { readonly type: 'audit/map'; readonly map: AppMap }
  | { readonly type: 'audit/timeline'; readonly timeline: Timeline }
  /** `raw` is null where the token was forgotten, or never seen in this tab. */
  | { readonly type: 'audit/raw-token'; readonly token: Fingerprint; readonly raw: string | null }
  | { readonly type: 'audit/access'; readonly access: Access };

/** From the toolbar popup. */
export type FromPopup = { readonly type: 'popup/open'; readonly tab: number };

/** To the toolbar popup. */
export type ToPopup = {
  readonly type: 'audit/status';
  /** True while the tab's DevTools are open, or a recording takes it. */
  readonly observing: boolean;
  readonly errors: number;
  readonly access: Access;
};

const array = <T>(item: v.GenericSchema<unknown, T>): v.GenericSchema<unknown, readonly T[]> => v.array(item);
const strings = array(v.string());

const header = v.object({ name: v.string(), value: v.string() });

export const unseenReasonSchema: v.GenericSchema<unknown, UnseenReason> = v.picklist([
  'no_permission',
  'body_not_available',
  'body_too_large',
  'body_malformed',
  'url_malformed',
  'header_malformed',
  'token_too_large',
  'too_many_tokens',
  'background_stopped',
  'log_full',
  'raw_token_forgotten',
  'entry_malformed',
  'har_sanitised',
  'record_unreadable',
  'not_shown_to_test',
  'internal_error',
]);

const body: v.GenericSchema<unknown, HttpBody> = v.variant('form', [
  v.object({ form: v.literal('none') }),
  v.object({ form: v.literal('fields'), fields: array(header) }),
  v.object({ form: v.literal('text'), mediaType: v.string(), text: v.string() }),
  v.object({ form: v.literal('unseen'), reason: unseenReasonSchema }),
]);

const exchange: v.GenericSchema<unknown, HttpExchange> = v.object({
  id: v.string(),
  at: v.number(),
  witness: v.picklist(['web_request', 'devtools', 'har']),
  tab: v.nullable(v.number()),
  method: v.string(),
  url: v.string(),
  initiator: v.nullable(v.string()),
  destination: v.picklist(['document', 'subresource', 'asset']),
  requestHeaders: array(header),
  requestBody: body,
  response: v.nullable(v.object({ status: v.number(), headers: array(header), body })),
  sentMessages: v.exactOptional(strings),
});

const fromDevtools: v.GenericSchema<unknown, FromDevtools> = v.variant('type', [
  v.object({ type: v.literal('devtools/observe'), tab: v.number() }),
  v.object({ type: v.literal('devtools/exchanges'), exchanges: array(exchange) }),
  v.object({ type: v.literal('devtools/response'), exchange }),
  v.object({
    type: v.literal('devtools/storage'),
    origin: v.string(),
    entries: array(v.object({ area: v.picklist(['local', 'session']), key: v.string(), value: v.string() })),
    at: v.number(),
  }),
  v.object({ type: v.literal('devtools/keep-awake') }),
]);

const toDevtools: v.GenericSchema<unknown, ToDevtools> = v.variant('type', [
  v.object({
    type: v.literal('devtools/read'),
    wanted: v.object({
      exchange: v.string(),
      method: v.string(),
      url: v.string(),
      at: v.number(),
      body: v.boolean(),
    }),
  }),
  v.object({ type: v.literal('devtools/read-storage') }),
]);

const fromPanel: v.GenericSchema<unknown, FromPanel> = v.variant('type', [
  v.object({ type: v.literal('panel/open'), tab: v.number() }),
  v.object({ type: v.literal('panel/select'), exchange: v.nullable(v.string()) }),
  v.object({ type: v.literal('panel/clear'), before: v.exactOptional(v.number()) }),
  v.object({ type: v.literal('panel/approve-issuer'), issuer: v.string() }),
  v.object({ type: v.literal('panel/check-again'), token: v.string() }),
  v.object({ type: v.literal('panel/give-keys'), issuer: v.nullable(v.string()), keys: v.string() }),
  v.object({
    type: v.literal('panel/give-secret'),
    issuer: v.nullable(v.string()),
    secret: v.string(),
    encoding: v.picklist(['text', 'base64url']),
  }),
  v.object({ type: v.literal('panel/watch'), view: v.nullable(v.picklist(['map', 'timeline'])) }),
  v.object({ type: v.literal('panel/raw-token'), token: v.string() }),
  v.object({ type: v.literal('panel/open-access-page') }),
]);

export const kindSchema: v.GenericSchema<unknown, TokenKind> = v.picklist([
  'id_token',
  'access_token',
  'refresh_token',
  'logout_token',
  'dpop_proof',
  'client_assertion',
  'request_object',
  'authorization_response',
  'security_event',
  'session_token',
  'unknown_jwt',
  'encrypted',
  'opaque',
]);
export const locationSchema: v.GenericSchema<unknown, SightingLocation> = v.picklist([
  'authorization_header',
  'header',
  'cookie',
  'query',
  'fragment',
  'form_body',
  'multipart_body',
  'json_body',
  'text_body',
  'redirect',
  'websocket_protocol',
  'websocket_message',
  'response_body',
]);
const verdict: v.GenericSchema<unknown, RowVerdict> = v.picklist([
  'error',
  'warning',
  'notice',
  'cantTell',
  'accepted',
  'passed',
]);
export const severitySchema: v.GenericSchema<unknown, Severity> = v.picklist(['error', 'warning', 'notice']);
export const confidenceSchema: v.GenericSchema<unknown, Confidence> = v.picklist([
  'certain',
  'strong',
  'weak',
]);
const outcome: v.GenericSchema<unknown, Outcome> = v.picklist([
  'passed',
  'failed',
  'cantTell',
  'inapplicable',
]);

const row: v.GenericSchema<unknown, AuditRow> = v.object({
  id: v.string(),
  order: v.number(),
  at: v.number(),
  method: v.string(),
  host: v.string(),
  path: v.string(),
  status: v.nullable(v.number()),
  kinds: array(kindSchema),
  locations: array(locationSchema),
  audiences: strings,
  issuers: strings,
  clients: strings,
  tokens: strings,
  verdict,
  failed: strings,
  accepted: strings,
  cantTell: strings,
  expiresAt: v.exactOptional(v.number()),
});

const packedRows: v.GenericSchema<unknown, readonly AuditRow[]> = v.pipe(
  v.unknown(),
  v.rawTransform(({ dataset, addIssue, NEVER }) => {
    const rows = unpackRows(dataset.value, {
      isKind: (word): word is TokenKind => v.is(kindSchema, word),
      isLocation: (word): word is SightingLocation => v.is(locationSchema, word),
      isVerdict: (word): word is RowVerdict => v.is(verdict, word),
    });
    if (rows !== null) return rows;
    addIssue({ message: 'These are no packed rows.' });
    return NEVER;
  }),
);

export const referenceSchema: v.GenericSchema<unknown, Reference> = v.object({
  title: v.string(),
  url: v.string(),
});

export const sdkFixSchema: v.GenericSchema<unknown, SdkFix> = v.object({
  sdk: v.string(),
  because: v.string(),
  text: v.string(),
  code: v.nullable(v.string()),
});

const finding: v.GenericSchema<unknown, Finding> = v.object({
  ruleId: v.string(),
  outcome: v.picklist(['failed', 'cantTell']),
  severity: severitySchema,
  exchange: v.string(),
  token: v.nullable(v.string()),
  title: v.string(),
  what: v.string(),
  why: v.string(),
  fix: v.string(),
  fixFor: v.exactOptional(sdkFixSchema),
  evidence: strings,
  references: array(referenceSchema),
  accepted: v.exactOptional(v.object({ reason: v.string(), until: v.string() })),
});

export const evidenceSchema: v.GenericSchema<unknown, Evidence> = v.object({
  source: v.picklist(['provenance', 'typing', 'audience', 'claims', 'parameter', 'storage', 'vendor']),
  says: kindSchema,
  text: v.string(),
  exchange: v.nullable(v.string()),
});

const classification: v.GenericSchema<unknown, Classification> = v.object({
  kind: kindSchema,
  confidence: confidenceSchema,
  evidence: array(evidenceSchema),
});

const unverifiable: v.GenericSchema<unknown, UnverifiableReason> = v.picklist([
  'not_checked_yet',
  'issuer_missing',
  'issuer_unknown',
  'issuer_not_approved',
  'issuer_unreachable',
  'issuer_mismatch',
  'no_matching_key',
  'key_rejected',
  'symmetric',
  'encrypted',
  'opaque',
  'malformed',
]);

const keyFacts: v.GenericSchema<unknown, KeyFacts> = v.object({
  type: v.string(),
  bits: v.nullable(v.number()),
  curve: v.nullable(v.string()),
  use: v.nullable(v.string()),
  alg: v.nullable(v.string()),
  from: v.picklist(['issuer', 'recording', 'person']),
});

export const signatureSchema: v.GenericSchema<unknown, SignatureState> = v.variant('status', [
  v.object({
    status: v.literal('verified'),
    keyId: v.nullable(v.string()),
    key: v.exactOptional(keyFacts),
  }),
  v.object({
    status: v.literal('invalid'),
    reason: v.string(),
    keyId: v.nullable(v.string()),
    key: v.exactOptional(keyFacts),
  }),
  v.object({ status: v.literal('unsecured') }),
  v.object({ status: v.literal('unverifiable'), reason: unverifiable, text: v.string() }),
]);

export const checkSchema: v.GenericSchema<unknown, Check> = v.object({
  id: v.picklist([
    'signature',
    'alg',
    'key',
    'typ',
    'crit',
    'iss',
    'aud',
    'azp',
    'exp',
    'nbf',
    'iat',
    'nonce',
    'at_hash',
    'c_hash',
  ]),
  outcome,
  text: v.string(),
  counterpartSeen: v.exactOptional(v.boolean()),
});

const claim: v.GenericSchema<unknown, ClaimView> = v.object({
  name: v.string(),
  json: v.string(),
  meaning: v.nullable(v.string()),
  time: v.nullable(v.number()),
});

const place: v.GenericSchema<unknown, Place> = v.object({
  row: v.nullable(v.string()),
  at: v.number(),
  method: v.string(),
  host: v.string(),
  path: v.string(),
  verdict: v.nullable(verdict),
});

const views = viewSchemas({ kind: kindSchema, verdict, place });

const token: v.GenericSchema<unknown, TokenView> = v.object({
  fingerprint: v.string(),
  location: locationSchema,
  name: v.string(),
  scheme: v.nullable(v.string()),
  classification,
  header: array(claim),
  claims: array(claim),
  unreadable: v.nullable(v.string()),
  signature: signatureSchema,
  checks: array(checkSchema),
  issuer: v.nullable(v.string()),
  audiences: strings,
  clientId: v.nullable(v.string()),
  scope: strings,
  expiresAt: v.exactOptional(v.number()),
  issuedIn: v.nullable(place),
  usedIn: array(place),
  usedInTotal: v.number(),
  passport: views.passport,
});

const detail: v.GenericSchema<unknown, AuditDetail> = v.object({
  row,
  request: v.object({
    method: v.string(),
    url: v.string(),
    initiator: v.nullable(v.string()),
    role: v.string(),
    because: v.string(),
  }),
  summary: v.string(),
  findings: array(finding),
  reports: strings,
  tokens: array(token),
});

const access: v.GenericSchema<unknown, Access> = v.object({ granted: v.boolean(), missing: strings });

const coverage: v.GenericSchema<unknown, Coverage> = v.object({
  exchanges: v.number(),
  withToken: v.number(),
  sawSignIn: v.exactOptional(v.boolean()),
  unseen: array(v.object({ reason: unseenReasonSchema, count: v.number() })),
});

const toPanel: v.GenericSchema<unknown, ToPanel> = v.variant('type', [
  v.object({ type: v.literal('audit/rows'), reset: v.boolean(), rows: packedRows }),
  v.object({ type: v.literal('audit/detail'), detail: v.nullable(detail) }),
  v.object({ type: v.literal('audit/coverage'), coverage }),
  v.object({ type: v.literal('audit/map'), map: views.map }),
  v.object({ type: v.literal('audit/timeline'), timeline: views.timeline }),
  v.object({ type: v.literal('audit/raw-token'), token: v.string(), raw: v.nullable(v.string()) }),
  v.object({ type: v.literal('audit/access'), access }),
  v.object({
    type: v.literal('audit/asked'),
    asked: array(v.object({ url: v.string(), at: v.number(), status: v.nullable(v.number()) })),
  }),
  v.object({
    type: v.literal('audit/keys-taken'),
    issuer: v.nullable(v.string()),
    problem: v.nullable(v.string()),
  }),
]);

const fromPopup: v.GenericSchema<unknown, FromPopup> = v.object({
  type: v.literal('popup/open'),
  tab: v.number(),
});
const toPopup: v.GenericSchema<unknown, ToPopup> = v.object({
  type: v.literal('audit/status'),
  observing: v.boolean(),
  errors: v.number(),
  access,
});

/**
 * Makes a reader of one direction's messages.
 * @returns the message, or null for what is not one: the caller drops it, and counts it where that matters.
 */
function reader<T>(schema: v.GenericSchema<unknown, T>): (message: unknown) => T | null {
  return (message) => {
    const result = v.safeParse(schema, message);
    return result.success ? result.output : null;
  };
}

export const readFromDevtools = reader(fromDevtools);
export const readToDevtools = reader(toDevtools);
export const readFromPanel = reader(fromPanel);
export const readToPanel = reader(toPanel);
/** What is posted to the panel for a message, which {@link readToPanel} gives back. */
export function writeToPanel(message: ToPanel): unknown {
  return message.type === 'audit/rows' ? { ...message, rows: packRows(message.rows) } : message;
}

export const readFromPopup = reader(fromPopup);
export const readToPopup = reader(toPopup);
