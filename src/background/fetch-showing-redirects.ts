import browser, { type WebRequest } from 'webextension-polyfill';
import { initiatorOf } from '../observe/web-request.ts';

/** The event may come after the answer; where it never does, it is not known where the redirect leads. */
const TOLD_WITHIN_MS = 1_000;

/**
 * As `fetch`, but a redirect that is not followed (`redirect: 'manual'`) shows where it leads, as a response with `Location`:
 * browsers tell a page nothing of it, and webRequest does. Whoever redirects is asked once more for that.
 */
export const fetchShowingRedirects: typeof fetch = async (input, init) => {
  const response = await fetch(input, init);
  const url = parse(input instanceof Request ? input.url : String(input));
  if (response.type !== 'opaqueredirect' || url === null) return response;
  const told = redirectOf(url);
  const again = await fetch(input, init);
  if (again.type !== 'opaqueredirect') {
    told.stop();
    return again;
  }
  return (await told.redirect) ?? again;
};

/** Listens to our own next request for a URL. */
function redirectOf(url: URL): { readonly redirect: Promise<Response | null>; readonly stop: () => void } {
  const own = new URL(browser.runtime.getURL('')).origin;
  let stop = (): void => undefined;
  const redirect = new Promise<Response | null>((resolve) => {
    const note = (details: WebRequest.OnHeadersReceivedDetailsType): undefined => {
      // A page may ask for the same at the same time, and be sent elsewhere.
      if (details.url !== url.href || initiatorOf(details) !== own) return;
      const header = details.responseHeaders?.find(({ name }) => name.toLowerCase() === 'location');
      const { statusCode: status } = details;
      const isRedirect = header?.value !== undefined && status >= 300 && status < 400;
      settle(isRedirect ? new Response(null, { status, headers: { location: header.value ?? '' } }) : null);
    };
    const settle = (answer: Response | null): void => {
      clearTimeout(timer);
      browser.webRequest.onHeadersReceived.removeListener(note);
      resolve(answer);
    };
    const timer = setTimeout(() => settle(null), TOLD_WITHIN_MS);
    stop = () => settle(null);
    const filter = { urls: [`*://${url.hostname}/*`] };
    browser.webRequest.onHeadersReceived.addListener(note, filter, ['responseHeaders']);
  });
  return { redirect, stop };
}

function parse(url: string): URL | null {
  try {
    return new URL(url);
  } catch {
    return null;
  }
}
