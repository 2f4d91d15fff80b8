/**
 * What the audit uses of Puppeteer, by shape: nothing is imported from it. What Puppeteer can't tell of Firefox, its methods throw.
 */

/** A `Page` or a `BrowserContext` of Puppeteer. The types of their events are too much their own to be told by shape. */
export type PuppeteerLike =
  | { url(): string; browserContext(): object }
  | { browser(): object; pages(): Promise<readonly object[]> };

export interface PuppeteerFrame {
  url(): string;
  parentFrame(): PuppeteerFrame | null;
}

export interface PuppeteerRequest {
  url(): string;
  method(): string;
  headers(): Record<string, string>;
  resourceType(): string;
  isNavigationRequest(): boolean;
  hasPostData(): boolean;
  postData(): string | undefined;
  fetchPostData(): Promise<string | undefined>;
  frame(): PuppeteerFrame | null;
}

export interface PuppeteerResponse {
  request(): PuppeteerRequest;
  status(): number;
  headers(): Record<string, string>;
  text(): Promise<string>;
  fromServiceWorker(): boolean;
}

export interface PuppeteerPage {
  evaluate(source: string): Promise<unknown>;
  url(): string;
  browserContext(): PuppeteerContext;
  createCDPSession(): Promise<object>;
  on(event: 'request' | 'requestfailed', listener: (request: PuppeteerRequest) => void): unknown;
  on(event: 'response', listener: (response: PuppeteerResponse) => void): unknown;
  off(event: 'request' | 'requestfailed', listener: (request: PuppeteerRequest) => void): unknown;
  off(event: 'response', listener: (response: PuppeteerResponse) => void): unknown;
}

export interface PuppeteerTarget {
  type(): string;
  url(): string;
  opener(): PuppeteerTarget | undefined;
  createCDPSession(): Promise<object>;
}

export interface PuppeteerContext {
  browser(): { version(): Promise<string> };
  pages(): Promise<PuppeteerPage[]>;
  targets(): PuppeteerTarget[];
  on(event: 'targetcreated', listener: (target: PuppeteerTarget) => void): unknown;
  off(event: 'targetcreated', listener: (target: PuppeteerTarget) => void): unknown;
}

export function isPuppeteerContext(value: object): value is PuppeteerContext {
  return hasMethods(value, ['browser', 'pages', 'targets', 'on', 'off']);
}

function hasMethods(value: object, names: readonly string[]): boolean {
  return names.every((name) => name in value && typeof Reflect.get(value, name) === 'function');
}
