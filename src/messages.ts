/**
 * Every message between the extension's pages and its background, in both directions: said once, as schemas from
 * which the types are checked. What arrives at a port is `unknown` until a schema took it. Messages are plain JSON
 * values only: Chromium serialises them so, Firefox clones.
 */
import * as v from 'valibot';
import type { HttpExchange } from './core/model/exchange.ts';
import type { AppMap } from './core/model/map.ts';
import type { StoredEntry } from './core/model/sdk.ts';
import type { Timeline } from './core/model/timeline.ts';
import type { Fingerprint } from './core/model/token.ts';
import type { Access, AskedUrl, AuditDetail, AuditRow, Coverage } from './core/model/view.ts';
import { packRows } from './packed-rows.ts';
import { detailSchema } from './schemas/detail.ts';
import { exchangeSchema, unseenReasonSchema } from './schemas/exchange.ts';
import { array, strings } from './schemas/lists.ts';
import { reader } from './schemas/reader.ts';
import { packedRowsSchema } from './schemas/row.ts';
import { mapSchema, timelineSchema } from './schemas/views.ts';

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

const fromDevtools: v.GenericSchema<unknown, FromDevtools> = v.variant('type', [
  v.object({ type: v.literal('devtools/observe'), tab: v.number() }),
  v.object({ type: v.literal('devtools/exchanges'), exchanges: array(exchangeSchema) }),
  v.object({ type: v.literal('devtools/response'), exchange: exchangeSchema }),
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

const access: v.GenericSchema<unknown, Access> = v.object({ granted: v.boolean(), missing: strings });

const coverage: v.GenericSchema<unknown, Coverage> = v.object({
  exchanges: v.number(),
  withToken: v.number(),
  sawSignIn: v.exactOptional(v.boolean()),
  unseen: array(v.object({ reason: unseenReasonSchema, count: v.number() })),
});

const toPanel: v.GenericSchema<unknown, ToPanel> = v.variant('type', [
  v.object({ type: v.literal('audit/rows'), reset: v.boolean(), rows: packedRowsSchema }),
  v.object({ type: v.literal('audit/detail'), detail: v.nullable(detailSchema) }),
  v.object({ type: v.literal('audit/coverage'), coverage }),
  v.object({ type: v.literal('audit/map'), map: mapSchema }),
  v.object({ type: v.literal('audit/timeline'), timeline: timelineSchema }),
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
