import browser, { type WebRequest } from 'webextension-polyfill';
import { initiatorOf } from '../observe/web-request.ts';

/**
 * As `fetch`, but a redirect that is not followed (`redirect: 'manual'`) shows where it leads, as a response with `Location`:
 * browsers tell a page nothing of it, and webRequest does. It is asked once more for that, by who redirects only.
 */
export const fetchShowingRedirects: typeof fetch = async (input, init) => {
  const response = await fetch(input, init);
  const url = parse(input instanceof Request ? input.url : String(input));
  if (response.type !== 'opaqueredirect' || url === null) return response;
  const own = new URL(browser.runtime.getURL('')).origin;
  let location: string | undefined;
  let status = 302;
  const note = (details: WebRequest.OnHeadersReceivedDetailsType): undefined => {
    // A page may ask for the same at the same time, and be sent elsewhere.
    if (details.url !== url.href || initiatorOf(details) !== own) return;
    const header = details.responseHeaders?.find(({ name }) => name.toLowerCase() === 'location');
    location ??= header?.value;
    status = details.statusCode;
  };
  const { onHeadersReceived } = browser.webRequest;
  onHeadersReceived.addListener(note, { urls: [`*://${url.hostname}/*`] }, ['responseHeaders']);
  try {
    const again = await fetch(input, init);
    if (again.type !== 'opaqueredirect') return again;
  } finally {
    onHeadersReceived.removeListener(note);
  }
  if (location === undefined || status < 300 || status > 399) return response;
  return new Response(null, { status, headers: { location } });
};

function parse(url: string): URL | null {
  try {
    return new URL(url);
  } catch {
    return null;
  }
}
