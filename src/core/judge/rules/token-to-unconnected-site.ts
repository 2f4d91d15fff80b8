import type { Case, Rule } from '../../model/finding.ts';
import { isHandedOver } from '../../syntax/location.ts';
import { isOneParty } from '../../syntax/party.ts';
import { parseUrl, siteOf } from '../../syntax/url.ts';
import { t } from '../../text.ts';

/** A token at a host that nothing seen connects with it. */
export const tokenToUnconnectedSite: Rule = {
  id: 'token-to-unconnected-site',
  severity: 'notice',
  title: t`Token sent to a site that nothing seen connects with it`,
  why: t`Whoever gets a token can use it as its bearer. This one names no place, and went to a site that is neither the app’s nor its issuer’s, and that it was not seen to be asked for. An API may be on any domain, so this is no proof of a mistake: but a token that goes to a stranger looks just like this.`,
  fix: t`If the host is an API that the token is for, say so: ask for the token with "resource", or declare the host and its audience under "resources" in the configuration. If it is not, attach tokens by the host of the request (an interceptor that adds them to every request is the usual cause).`,
  references: [
    { title: 'RFC 6750 §5.2', url: 'https://www.rfc-editor.org/rfc/rfc6750#section-5.2' },
    { title: 'RFC 8707 §2', url: 'https://www.rfc-editor.org/rfc/rfc8707#section-2' },
    { title: 'RFC 9700 §4.9.1', url: 'https://www.rfc-editor.org/rfc/rfc9700#section-4.9.1' },
  ],
  judge: (subject) => {
    const { token, request, audience, connection } = subject;
    const { host, because } = request.destination;
    // ID tokens have rules of their own.
    if (connection.outcome !== 'none' || token.classification.kind === 'id_token')
      return { outcome: 'inapplicable' };
    if (!isSentAsCredential(subject)) return { outcome: 'inapplicable' };
    if (audience.outcome === 'meant') return { outcome: 'passed' };
    if (isToldByAnother(subject)) return { outcome: 'inapplicable' };
    return {
      outcome: 'failed',
      what: t`Nothing seen connects this token with ${host}, to which it was sent.`,
      evidence: [
        audience.text,
        connection.text,
        because,
        ...token.classification.evidence.map(({ text }) => text),
      ],
    };
  },
};

/** In the Authorization header anything lets somebody in; elsewhere, what is known to. */
function isSentAsCredential({ sighting, token }: Case): boolean {
  const { kind } = token.classification;
  return kind === 'access_token' || kind === 'session_token'
    ? isHandedOver(sighting.location)
    : sighting.location === 'authorization_header';
}

/** Where a place of its own is known, or another site had it before, other rules speak, with better evidence. */
function isToldByAnother({ token, request, audience, earlier }: Case): boolean {
  const { kind } = token.classification;
  if (audience.outcome === 'not_meant' && (kind === 'access_token' || audience.certain)) return true;
  const [first] = kind === 'access_token' ? earlier.sites : earlier.everywhere;
  const site = siteOf(parseUrl(request.destination.origin)?.hostname ?? '');
  return first !== undefined && isOneParty(first, site) !== 'yes';
}
