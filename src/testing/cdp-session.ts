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
