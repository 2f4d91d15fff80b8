import { parseUrl } from '../syntax/url.ts';

/** Parameters whose values name no person and can't be replayed, and that explain a request. All others are dropped. */
const SHOWN: ReadonlySet<string> = new Set([
  'response_type',
  'response_mode',
  'grant_type',
  'scope',
  'resource',
  'audience',
  'client_id',
  'redirect_uri',
  'prompt',
  'code_challenge_method',
  'subject_token_type',
  'requested_token_type',
]);

const REDACTED = '…';

/**
 * Takes out of a URL what may be a secret or name a person: credentials, every parameter value that is not on the
 * allow-list, the fragment's values. Names of parameters stay.
 * @returns the URL for people to read, at most 2,048 characters
 */
export function redactUrl(text: string): string {
  const url = parseUrl(text);
  if (url === null) return REDACTED;
  const query = redactParameters(url.searchParams);
  const fragment = url.hash.includes('=') ? redactParameters(new URLSearchParams(url.hash.slice(1))) : '';
  const redacted = `${url.protocol}//${url.host}${url.pathname}${query && `?${query}`}${fragment && `#${fragment}`}`;
  return redacted.length > 2048 ? `${redacted.slice(0, 2047)}${REDACTED}` : redacted;
}

function redactParameters(parameters: URLSearchParams): string {
  return [...parameters]
    .slice(0, 50)
    .map(
      ([name, value]) =>
        `${encodeURIComponent(name.slice(0, 64))}=${SHOWN.has(name) ? redactValue(value) : REDACTED}`,
    )
    .join('&');
}

/** An allowed value may itself be a URL with secrets in it. */
function redactValue(value: string): string {
  const shown = /^https?:\/\/[^?#]*[?#]/i.test(value) ? value.replace(/[?#].*$/s, REDACTED) : value;
  return encodeURIComponent(shown.slice(0, 256));
}
