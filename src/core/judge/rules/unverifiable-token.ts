import type { Rule } from '../../model/finding.ts';
import type { TokenKind, UnverifiableReason } from '../../model/token.ts';
import { t } from '../../text.ts';

/** Tokens that an issuer signs with its published keys; proofs and assertions are signed with the client's. */
const SIGNED_BY_ISSUER: ReadonlySet<TokenKind> = new Set([
  'id_token',
  'access_token',
  'logout_token',
  'security_event',
  'unknown_jwt',
]);

/** Reasons that speak against the token itself, not only of what we could not learn. */
const AGAINST_THE_TOKEN: ReadonlySet<UnverifiableReason> = new Set(['no_matching_key', 'issuer_mismatch']);

/** A token that its issuer's keys do not vouch for. */
export const unverifiableToken: Rule = {
  id: 'unverifiable-token',
  severity: 'warning',
  title: t`Token that could not be verified`,
  why: t`Nothing that its issuer publishes vouches for this token. It may be another environment’s, signed with a key that was withdrawn, or made by somebody else; a receiver that validates tokens has to refuse it.`,
  fix: t`Compare the token’s "iss" and "kid" with the issuer’s metadata and key set. Where the issuer is right, renew the token; where it is another environment’s, correct the app’s configuration.`,
  references: [
    { title: 'RFC 7515 §6', url: 'https://www.rfc-editor.org/rfc/rfc7515#section-6' },
    {
      title: 'OpenID Connect Core 1.0 §10.1',
      url: 'https://openid.net/specs/openid-connect-core-1_0.html#Signing',
    },
  ],
  judge: ({ token, request }) => {
    const { signature, classification } = token;
    if (token.form !== 'jwt' && token.form !== 'malformed') return { outcome: 'inapplicable' };
    if (signature.status === 'verified') return { outcome: 'passed' };
    if (signature.status !== 'unverifiable') return { outcome: 'inapplicable' };
    if (token.form === 'jwt' && !SIGNED_BY_ISSUER.has(classification.kind))
      return { outcome: 'inapplicable' };
    if (!AGAINST_THE_TOKEN.has(signature.reason) || classification.kind === 'unknown_jwt') {
      return { outcome: 'cantTell', because: signature.text };
    }
    return {
      outcome: 'failed',
      what: t`A token that its issuer's keys do not vouch for was sent to ${request.destination.host}.`,
      evidence: [signature.text],
    };
  },
};
