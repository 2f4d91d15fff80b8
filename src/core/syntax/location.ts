import type { SightingLocation } from '../model/token.ts';

/** True for a token in the body of a request, of whatever form. */
export function isRequestBody(place: SightingLocation): boolean {
  return place.endsWith('_body') && place !== 'response_body';
}

/** True for a token that leaves the browser with the request. A fragment stays, a response brings. */
export function isSent(place: SightingLocation): boolean {
  return place !== 'fragment' && place !== 'redirect' && place !== 'response_body';
}

/** True for a token that the page itself put into the request; a cookie is added by the browser, for who set it. */
export function isHandedOver(place: SightingLocation): boolean {
  return isSent(place) && place !== 'cookie';
}
