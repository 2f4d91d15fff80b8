import type { HttpExchange } from '../core/model/exchange.ts';

/** Endpoints that issue tokens to an app's pages without a form of OAuth: an app's own backend, vendors' own flows. */
const ISSUING_PATH = /token|session|oauth|auth|login|sign-?in/i;

/**
 * True for a request whose response may issue tokens or publish metadata, by the request alone. Its body is then
 * read through DevTools.
 */
export function mayTeachByResponse({
  method,
  url,
  requestBody,
}: Pick<HttpExchange, 'method' | 'url' | 'requestBody'>): boolean {
  if (method === 'GET') return url.includes('/.well-known/');
  if (method !== 'POST') return false;
  if (requestBody.form === 'fields' && requestBody.fields.some(({ name }) => name === 'grant_type'))
    return true;
  if (requestBody.form === 'text' && requestBody.text.includes('grant_type')) return true;
  return ISSUING_PATH.test(url.replace(/^[a-z]+:\/\/[^/]*|[?#].*$/gis, ''));
}
