import type { JudgedRequest, Rule } from '../../model/finding.ts';
import { stringMember, stringsMember } from '../../syntax/json.ts';
import { isHandedOver } from '../../syntax/location.ts';
import { isOneParty } from '../../syntax/party.ts';
import { parseUrl, siteOf } from '../../syntax/url.ts';
import { t } from '../../text.ts';

/** An ID token that tells another client, not this app, who logged in. */
export const idTokenOfAnotherClient: Rule = {
  id: 'id-token-of-another-client',
  severity: 'error',
  title: t`ID token that was issued to another client`,
  why: t`A client must refuse an ID token whose audience is not itself. One that takes it lets anybody in who got hold of an ID token from any other app at the same issuer: the owner of that app can sign in here as each of its users (token substitution).`,
  fix: t`Use the ID token of this app’s own log-in, and check in the client and in its backend that "aud" is this app’s client_id, not only that the signature and the issuer are right.`,
  references: [
    {
      title: 'OpenID Connect Core 1.0 §3.1.3.7',
      url: 'https://openid.net/specs/openid-connect-core-1_0.html#IDTokenValidation',
    },
    {
      title: 'OpenID Connect Core 1.0 §16.11',
      url: 'https://openid.net/specs/openid-connect-core-1_0.html#TokenSubstitution',
    },
    { title: 'RFC 7519 §4.1.3', url: 'https://www.rfc-editor.org/rfc/rfc7519#section-4.1.3' },
  ],
  judge: ({ sighting, token, request, pageClients, client, issued }) => {
    if (token.form !== 'jwt' || token.classification.kind !== 'id_token') return { outcome: 'inapplicable' };
    if (!isHandedOver(sighting.location) || pageClients.length === 0 || !isJudged(request))
      return { outcome: 'inapplicable' };
    // Google's apps have one client for each platform: the token that one of them ("azp") got is for another ("aud").
    const parties = [...stringsMember(token.claims, 'aud'), stringMember(token.claims, 'azp')];
    if (pageClients.some((clientId) => parties.includes(clientId))) return { outcome: 'passed' };
    // A portal hands it to the very client that it is for.
    if (client?.origins.includes(request.destination.origin)) return { outcome: 'passed' };

    const own = pageClients.slice(0, 4).map((clientId) => `"${clientId}"`);
    if (token.classification.confidence === 'weak')
      return { outcome: 'cantTell', because: t`It names no client of this page, but it may be no ID token.` };
    if (issued?.clientId != null && pageClients.includes(issued.clientId)) {
      return {
        outcome: 'cantTell',
        because: t`It was issued to this page's client "${issued.clientId}", but its audience is another.`,
      };
    }
    const page = hostnameOf(request.initiator);
    if (client?.origins.some((origin) => isOneParty(siteOf(hostnameOf(origin)), siteOf(page)) !== 'no')) {
      return {
        outcome: 'cantTell',
        because: t`It is for "${client.clientId}", another app of the same party: they may share a log-in on purpose.`,
      };
    }
    const audience = stringsMember(token.claims, 'aud')
      .slice(0, 4)
      .map((name) => `"${name}"`);
    return {
      outcome: 'failed',
      // A client that was never seen may be a second one of this very page, which logged in before we looked.
      ...(client === null ? { severity: 'warning' } : {}),
      what: t`A page whose client_id is ${own.reduce((some, one) => t`${some} or ${one}`)} sent ${request.destination.host} an ID token for ${audience.join(', ')}.`,
      evidence: [
        ...token.classification.evidence.map(({ text }) => text),
        ...(client === null
          ? []
          : [t`"${client.clientId}" is a client of the same issuer at ${client.origins.join(', ')}.`]),
      ],
    };
  },
};

/** False at the server that issued it (token exchange, native SSO), and for a form that a server has the browser post. */
function isJudged({ destination, initiator }: JudgedRequest): boolean {
  const { role, origin } = destination;
  if (role === 'client') return initiator === origin;
  return role === 'protected_resource' || role === 'third_party' || role === 'unknown';
}

function hostnameOf(origin: string | null): string {
  return parseUrl(origin ?? '')?.hostname ?? '';
}
