/**
 * What the audit uses of Playwright, by shape: its `BrowserContext`, `Page`, `Request` … fit, whatever their version, and nothing is
 * imported from it.
 */

export interface PlaywrightHeader {
  readonly name: string;
  readonly value: string;
}

export interface PlaywrightFrame {
  url(): string;
  parentFrame(): PlaywrightFrame | null;
}

export interface PlaywrightResponse {
  status(): number;
  headersArray(): Promise<PlaywrightHeader[]>;
  text(): Promise<string>;
  fromServiceWorker(): boolean;
}

export interface PlaywrightRequest {
  url(): string;
  method(): string;
  resourceType(): string;
  postData(): string | null;
  isNavigationRequest(): boolean;
  /** Those that are known when it begins. */
  headers(): { [name: string]: string };
  /** Those that were sent, cookies included. */
  headersArray(): Promise<PlaywrightHeader[]>;
  response(): Promise<PlaywrightResponse | null>;
  /** The request whose answer led to this one. */
  redirectedFrom(): PlaywrightRequest | null;
  /** Throws for a service worker's requests. */
  frame(): PlaywrightFrame;
  serviceWorker(): { url(): string } | null;
}

export interface PlaywrightWebSocket {
  url(): string;
  on(event: 'framesent', listener: (frame: { payload: string | Uint8Array }) => void): unknown;
}

export interface PlaywrightPage {
  url(): string;
  context(): PlaywrightContext;
  on(event: 'websocket', listener: (socket: PlaywrightWebSocket) => void): unknown;
  off(event: 'websocket', listener: (socket: PlaywrightWebSocket) => void): unknown;
}

export interface PlaywrightContext {
  pages(): PlaywrightPage[];
  browser(): { browserType(): { name(): string } } | null;
  on(event: 'request', listener: (request: PlaywrightRequest) => void): unknown;
  on(event: 'page', listener: (page: PlaywrightPage) => void): unknown;
  off(event: 'request', listener: (request: PlaywrightRequest) => void): unknown;
  off(event: 'page', listener: (page: PlaywrightPage) => void): unknown;
}
