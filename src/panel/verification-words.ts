/** What the panel says of keys, of times and of what it asked for. */
import { t } from '../core/text.ts';
import { formatNumber } from './words.ts';

export const VERIFICATION = {
  expiry: t`How long the token is still valid`,
  valid: (time: string) => t`Now: valid for ${time} more.`,
  expired: (time: string) => t`Now: expired ${time} ago.`,
  expiredShort: t`expired`,
  fetchFrom: (place: string) => t`Fetch keys from ${place}`,
  fetchHint: t`Only then is this issuer asked, and only for its metadata and its public keys.`,
  again: t`Ask the issuer again`,
  give: t`Check with keys of your own`,
  giveSecret: t`Check with the secret`,
  keys: t`JWK Set, JWK, PEM public key or certificate`,
  keysHint: t`They count for all tokens of this issuer, until the browser is closed.`,
  secret: t`Shared secret`,
  secretHint: t`It stays in memory, is sent nowhere, and is forgotten when the extension sleeps.`,
  encoding: t`The secret is written in base64`,
  check: t`Check`,
  taken: t`Taken.`,
  refused: (problem: string) => t`Not taken: ${problem}.`,
  noIssuer: t`tokens without an issuer`,
  disclaimer: t`This says what Aud-it could check itself. It says nothing of whether an API checks the token.`,
  asked: (requests: number) =>
    requests === 1 ? t`1 request to issuers` : t`${formatNumber(requests)} requests to issuers`,
  askedHint: t`All that Aud-it itself sent: for public metadata and keys, without cookies and without any token.`,
  noAnswer: t`no answer`,
} as const;
