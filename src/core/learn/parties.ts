import type { DecodedToken } from '../model/token.ts';
import { stringMember } from '../syntax/json.ts';
import type { Knowledge } from './knowledge.ts';

/** Who has to do with a token, by what was seen: the apps that it is of, who issued it, what it was asked for. */
export interface Parties {
  readonly clients: readonly { readonly clientId: string; readonly origins: readonly string[] }[];
  /** The response that issued it was seen, or who keeps it, or an app that it is of. */
  readonly isFlowSeen: boolean;
  /** URLs: its "iss", the endpoint that gave it out, the endpoints of that issuer's metadata. */
  readonly issuers: readonly string[];
  /** Resources, audiences and scopes. */
  readonly asked: readonly string[];
}

export function partiesOf(token: DecodedToken, known: Knowledge): Parties {
  const provenance = known.provenance(token.fingerprint);
  const stored = known.stored(token.fingerprint);
  const issuer = token.form === 'jwt' ? stringMember(token.claims, 'iss') : null;
  const clients = clientIdsOf(token, known).map((clientId) => ({
    clientId,
    origins: [...(known.client(clientId)?.origins ?? [])],
  }));
  const metadata = issuer === null ? null : known.metadata(issuer);
  const issuers = [
    issuer,
    provenance?.endpoint ?? null,
    ...(metadata?.endpoints ?? []).map(({ url }) => url),
  ];
  return {
    clients,
    isFlowSeen: provenance !== null || stored !== null || clients.some(({ origins }) => origins.length > 0),
    issuers: issuers.filter((url) => url !== null),
    asked: [...(provenance?.resources ?? []), ...(provenance?.scope ?? []), ...(stored?.resources ?? [])],
  };
}

/** The apps that a token is of, as far as it, the response that issued it or who keeps it says so. */
export function clientIdsOf(token: DecodedToken, known: Knowledge): readonly string[] {
  const claims = token.form === 'jwt' ? token.claims : {};
  return [
    ...['client_id', 'azp', 'appid', 'cid'].map((name) => stringMember(claims, name)),
    known.provenance(token.fingerprint)?.clientId ?? null,
    known.stored(token.fingerprint)?.clientId ?? null,
  ].filter((client) => client !== null);
}
