import { looksLikeJwt } from '../syntax/jwt-shape.ts';
import { parseUrl, webOrigin } from '../syntax/url.ts';

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
/** In a path, where the URL is parsed again: as it stays then. */
const REDACTED_SEGMENT = '***';

/**
 * Takes out of a URL what may be a secret or name a person: credentials, every parameter value that is not on the
 * allow-list, the fragment's values, tokens and e-mail addresses in the path. Names of parameters stay.
 * @returns the URL for people to read, at most 2,048 characters
 */
export function redactUrl(text: string): string {
  const url = parseUrl(text);
  if (url === null) return REDACTED;
  // The rest of a "data:" or "blob:" URL is content.
  if (webOrigin(text) === null) return `${url.protocol}${REDACTED}`;
  const query = redactParameters(url.searchParams);
  const fragment = url.hash.includes('=') ? redactParameters(new URLSearchParams(url.hash.slice(1))) : '';
  const redacted = `${url.protocol}//${url.host}${redactPath(url.pathname)}${query && `?${query}`}${fragment && `#${fragment}`}`;
  return redacted.length > 2048 ? `${redacted.slice(0, 2047)}${REDACTED}` : redacted;
}

function redactParameters(parameters: URLSearchParams): string {
  return [...parameters]
    .slice(0, 50)
    .map(([name, value]) => `${redactName(name, value)}=${SHOWN.has(name) ? redactValue(value) : REDACTED}`)
    .join('&');
}

/** A query may be a secret without a name: it is parsed as a name without a value. */
function redactName(name: string, value: string): string {
  return name.length > (value === '' ? 24 : 64) ? REDACTED : encodeURIComponent(name);
}

/** As in a path: an "@" alone is also of package names and handles. */
const E_MAIL = /[^@](?:@|%40)[^@]+\.[a-z]{2,}$/i;

function redactPath(path: string): string {
  return path
    .split('/')
    .map((segment) => {
      const [name = '', ...parameters] = segment.split(';');
      // Path parameters (RFC 3986 §3.3), such as a session's: ";jsessionid=…".
      const shown = parameters
        .map((parameter) => `;${parameter.replace(/=.*$/s, `=${REDACTED_SEGMENT}`)}`)
        .join('');
      return `${looksLikeJwt(name) || E_MAIL.test(name) ? REDACTED_SEGMENT : name}${shown}`;
    })
    .join('/');
}

/** An allowed value may itself be a URL with secrets in it. */
function redactValue(value: string): string {
  if (looksLikeJwt(value)) return REDACTED;
  const shown = /^[a-z][\w+.-]*:/i.test(value)
    ? value.replace(/[?#].*$/s, REDACTED).replace(/^([a-z][\w+.-]*:\/\/)[^/@]*@/i, '$1')
    : value;
  // Cut between characters: half of one can't be encoded.
  return encodeURIComponent([...shown.slice(0, 512)].slice(0, 256).join(''));
}
