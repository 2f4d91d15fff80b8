import browser from 'webextension-polyfill';
import { answerOf } from './devtools-call.ts';

/** @returns all that the network log has, from before we were there too (Chromium; Firefox from when its monitor runs) */
export async function networkLog(): Promise<readonly object[]> {
  const [log] = await answerOf(browser.devtools.network, 'getHAR');
  if (typeof log !== 'object' || log === null) return [];
  const entries: unknown = Reflect.get(log, 'entries');
  return Array.isArray(entries) ? entries.filter((entry) => typeof entry === 'object' && entry !== null) : [];
}

/**
 * Reads the body of an entry's response.
 * @returns null where the browser has it no more
 */
export async function responseContent(request: object): Promise<string | null> {
  const [content, encoding] = await answerOf(request, 'getContent');
  return decoded(content, encoding);
}

function decoded(content: unknown, encoding: unknown): string | null {
  if (typeof content !== 'string') return null;
  if (encoding !== 'base64') return content;
  try {
    const octets = Uint8Array.from(atob(content), (character) => character.charCodeAt(0));
    return new TextDecoder().decode(octets);
  } catch {
    return null;
  }
}
