import type { Rule } from '../../model/finding.ts';
import { isHandedOver } from '../../syntax/location.ts';
import { isOneParty } from '../../syntax/party.ts';
import { parseUrl, siteOf } from '../../syntax/url.ts';
import { t } from '../../text.ts';

/** One access token in the hands of unrelated parties. */
export const accessTokenAcrossSites: Rule = {
  id: 'access-token-across-sites',
  severity: 'warning',
  title: t`One access token sent to unrelated sites`,
  why: t`Whoever gets an access token can use it wherever it is good. A token that goes to two parties lets each of them act as the person at the other.`,
  fix: t`Attach the token by the host of the request, to the API that it was issued for and to no other (an interceptor that adds it to every request is the usual cause), and ask for a token of its own for each further API.`,
  references: [
    { title: 'RFC 9700 §4.9.1', url: 'https://www.rfc-editor.org/rfc/rfc9700#section-4.9.1' },
    { title: 'RFC 9700 §4.10.2', url: 'https://www.rfc-editor.org/rfc/rfc9700#section-4.10.2' },
    { title: 'RFC 6750 §5.2', url: 'https://www.rfc-editor.org/rfc/rfc6750#section-5.2' },
  ],
  judge: ({ sighting, token, request, audience, connection, earlier }) => {
    const { destination } = request;
    if (token.classification.kind !== 'access_token' || !isHandedOver(sighting.location))
      return { outcome: 'inapplicable' };
    // The app's own backend is the client too: what its pages have, it may have. An issuer may read its own tokens.
    const { role } = destination;
    if (role !== 'protected_resource' && role !== 'third_party' && role !== 'unknown')
      return { outcome: 'inapplicable' };
    const [first] = earlier.sites;
    const hostname = parseUrl(destination.origin)?.hostname ?? '';
    const site = siteOf(hostname);
    const page = parseUrl(request.initiator ?? '')?.hostname;
    if (first === undefined || site === '' || (page !== undefined && siteOf(page) === site))
      return { outcome: 'inapplicable' };
    // Of a token that is not meant for this place, `audience-mismatch` speaks.
    if (audience.outcome === 'not_meant') return { outcome: 'inapplicable' };
    if (audience.outcome === 'meant') return { outcome: 'passed' };
    switch (isOneParty(first, site)) {
      case 'yes':
        return { outcome: 'passed' };
      case 'perhaps':
        return {
          outcome: 'cantTell',
          because: t`This token went to ${first} before and now to ${site}, which may be one party's.`,
        };
      case 'no':
        if (connection.outcome !== 'none' && earlier.isFirstStranger) {
          return {
            outcome: 'cantTell',
            because: t`This token went to ${first} before, with which nothing seen connects it; that ${site} has it too says nothing against ${site}.`,
          };
        }
        return token.classification.confidence === 'weak'
          ? {
              outcome: 'cantTell',
              because: t`It went to ${first} before and now to ${site}, but it may be no access token.`,
            }
          : {
              outcome: 'failed',
              what: t`The access token that had been sent to ${first} was sent to ${destination.host} too.`,
              evidence: [audience.text, destination.because],
            };
    }
  },
};
