import type { Rule } from '../../model/finding.ts';
import { t } from '../../text.ts';

/** A token that is not as its issuer signed it. */
export const invalidSignature: Rule = {
  id: 'invalid-signature',
  severity: 'error',
  title: t`Token whose signature is not its issuer’s`,
  why: t`The signature does not fit the token and the key that its issuer publishes under that name: the token was changed on the way, cut, or made by somebody else. An API that takes it does not check signatures.`,
  fix: t`Find where the token is changed (a proxy, a log scrubber, code that re-encodes it) or who made it. In the API, check signatures with the keys of the issuer that it trusts.`,
  references: [
    { title: 'RFC 7515 §5.2', url: 'https://www.rfc-editor.org/rfc/rfc7515#section-5.2' },
    {
      title: 'OpenID Connect Core 1.0 §3.1.3.7',
      url: 'https://openid.net/specs/openid-connect-core-1_0.html#IDTokenValidation',
    },
  ],
  judge: ({ token, request }) => {
    switch (token.signature.status) {
      case 'invalid':
        return {
          outcome: 'failed',
          what: t`A token with an invalid signature was sent to ${request.destination.host}.`,
          evidence: [token.signature.reason],
        };
      case 'verified':
        return { outcome: 'passed' };
      default:
        return { outcome: 'inapplicable' };
    }
  },
};
