import type { HttpExchange } from '../model/exchange.ts';
import type { Lesson } from '../model/knowledge.ts';
import { placeOf } from '../syntax/url.ts';

const GOOGLE = 'https://accounts.google.com';

/**
 * Google's sign-in frames and status calls bear the client_id of the page that shows them
 * (https://developers.google.com/identity/gsi/web/reference/html-reference#data-client_id), and the
 * frames show Google as the authorization server of that client.
 */
export function fromGoogleFrame({ id, initiator, destination }: HttpExchange, url: URL): readonly Lesson[] {
  if (url.origin !== GOOGLE || !url.pathname.startsWith('/gsi/')) return [];
  const clientId = url.searchParams.get('client_id') ?? '';
  // Frames in frames are asked for by Google's own pages.
  const page = initiator === GOOGLE ? null : initiator;
  if (!/^[\w.-]{1,256}$/.test(clientId)) return [];
  const endpoint = { learned: 'endpoint', role: 'authorization_endpoint', url: placeOf(url) } as const;
  return [
    // Who shows a frame asks Google for an ID token: it is an authentication request by another name.
    ...(destination === 'document' ? [{ ...endpoint, learnedFrom: id }] : []),
    {
      ...({ learned: 'client', clientId, serverOrigin: GOOGLE } as const),
      origins: page === null ? [] : [page],
      learnedFrom: id,
    },
  ];
}

/**
 * The ID token that Google has the browser post to the app's own log-in: "credential", with a token against forgery
 * (https://developers.google.com/identity/gsi/web/reference/html-reference#server-side).
 * @returns the token as sent, null where it is no such request
 */
export function googleCredential(exchange: HttpExchange, fields: URLSearchParams): string | null {
  const isPosted = exchange.destination === 'document' && exchange.method === 'POST';
  return isPosted && (fields.get('g_csrf_token') ?? '') !== '' ? fields.get('credential') : null;
}
