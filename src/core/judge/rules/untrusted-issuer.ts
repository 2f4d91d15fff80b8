import type { Rule } from '../../model/finding.ts';
import { stringMember } from '../../syntax/json.ts';
import { isHandedOver } from '../../syntax/location.ts';
import { t } from '../../text.ts';

/** A token of an issuer that the app's owner did not name as trusted, at one of the app's own resources. */
export const untrustedIssuer: Rule = {
  id: 'untrusted-issuer',
  severity: 'error',
  title: t`Token of an issuer that is not trusted`,
  why: t`A signature says only that its issuer wrote a token. Whoever takes tokens of any issuer takes those that an attacker made at a server of their own; a resource must know the issuers that it trusts, and compare "iss" with them by letter.`,
  fix: t`Find out where the app got this token, and ask the right authorization server. Where this issuer is one of yours, add it to "trustedIssuers" in aud-it.config.json or on the options page.`,
  references: [
    { title: 'RFC 9068 §4', url: 'https://www.rfc-editor.org/rfc/rfc9068#section-4' },
    { title: 'RFC 8725 §3.8', url: 'https://www.rfc-editor.org/rfc/rfc8725#section-3.8' },
    {
      title: 'OpenID Connect Core 1.0 §3.1.3.7',
      url: 'https://openid.net/specs/openid-connect-core-1_0.html#IDTokenValidation',
    },
  ],
  judge: ({ sighting, token, request, issuerTrust }) => {
    const { destination } = request;
    const { kind, confidence } = token.classification;
    // Other kinds are issued by the app itself (a DPoP proof, a client assertion), or go to no resource.
    const isOfIssuer = kind === 'access_token' || kind === 'id_token';
    const isOwn = destination.role === 'protected_resource' || destination.role === 'client';
    if (!isOfIssuer || !isOwn || token.form !== 'jwt' || !isHandedOver(sighting.location))
      return { outcome: 'inapplicable' };
    const issuer = stringMember(token.claims, 'iss') ?? '';
    switch (issuerTrust) {
      case 'undeclared':
        return { outcome: 'inapplicable' };
      case 'trusted':
        return { outcome: 'passed' };
      case 'nearly':
        return {
          outcome: 'cantTell',
          because: t`Its issuer "${issuer}" differs by the slash at its end from one that the configuration trusts.`,
        };
      case 'untrusted':
        if (confidence === 'weak')
          return {
            outcome: 'cantTell',
            because: t`Its issuer "${issuer}" is none that the configuration trusts, but it may be a token of the app's own making.`,
          };
        return destination.known
          ? {
              outcome: 'failed',
              what: t`This token was issued by "${issuer}", which is none of the trusted issuers; it was sent to ${destination.host}.`,
              evidence: [
                t`The configuration does not name "${issuer}" among its trusted issuers.`,
                destination.because,
              ],
            }
          : {
              outcome: 'cantTell',
              because: t`Its issuer "${issuer}" is none that the configuration trusts, but ${destination.host} may be somebody else's API.`,
            };
    }
  },
};
