import type { HttpExchange } from '../core/model/exchange.ts';

/** Endpoints that issue tokens to an app's pages without a form of OAuth: an app's own backend, vendors' own flows. */
const ISSUING_PATH = /token|session|oauth|auth|login|sign-?in|device/i;

/**
 * True for a request whose response may issue tokens or publish metadata, by the request alone. Its body is then
 * read through DevTools.
 */
export function mayTeachByResponse({
  method,
  url,
  requestBody,
}: Pick<HttpExchange, 'method' | 'url' | 'requestBody'>): boolean {
  // A UserInfo response may be signed: its claims look like an ID token's (OpenID Connect Core 1.0 §5.3.2).
  if (method === 'GET') return url.includes('/.well-known/') || /\/userinfo\b/i.test(url);
  if (method !== 'POST') return false;
  if (requestBody.form === 'fields' && requestBody.fields.some(({ name }) => name === 'grant_type'))
    return true;
  if (requestBody.form === 'text' && requestBody.text.includes('grant_type')) return true;
  return ISSUING_PATH.test(url.replace(/^[a-z]+:\/\/[^/]*|[?#].*$/gis, ''));
}
