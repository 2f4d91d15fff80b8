/** A session of the Chrome DevTools Protocol (https://chromedevtools.github.io/devtools-protocol/), as test tools give it. */
export interface CdpSession {
  send(method: string, params?: object): Promise<unknown>;
  on(event: string, listener: (told: unknown) => void): unknown;
  detach(): Promise<void>;
}

export function isCdpSession(value: object): value is CdpSession {
  return ['send', 'on', 'detach'].every(
    (name) => name in value && typeof Reflect.get(value, name) === 'function',
  );
}

/** True for a context of Playwright: its `newCDPSession` opens Chromium's own protocol, and rejects in other browsers. */
export function opensCdpSessions(
  context: object,
): context is { newCDPSession(page: object): Promise<object> } {
  return 'newCDPSession' in context && typeof context.newCDPSession === 'function';
}
