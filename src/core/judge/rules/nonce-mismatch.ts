import type { Rule } from '../../model/finding.ts';
import { t } from '../../text.ts';

/** An ID token that answers another authorization request. */
export const nonceMismatch: Rule = {
  id: 'nonce-mismatch',
  severity: 'error',
  title: t`ID token with another nonce than was sent`,
  why: t`The nonce binds an ID token to the authorization request of this very browser session. One with another nonce, or with none, was issued for somebody else’s sign-in or for an earlier one: whoever injects it is logged in as that person.`,
  fix: t`Compare the "nonce" claim with the one that the app kept before it sent the person to sign in, and refuse the ID token where they differ; client libraries do so. If the authorization server drops the nonce, correct it there.`,
  references: [
    {
      title: 'OpenID Connect Core 1.0 §3.1.3.7',
      url: 'https://openid.net/specs/openid-connect-core-1_0.html#IDTokenValidation',
    },
    {
      title: 'OpenID Connect Core 1.0 §15.5.2',
      url: 'https://openid.net/specs/openid-connect-core-1_0.html#NonceNotes',
    },
    {
      title: 'RFC 9700 §4.5.3.2',
      url: 'https://www.rfc-editor.org/rfc/rfc9700#section-4.5.3.2',
    },
  ],
  judge: ({ token, request }) => {
    if (token.form !== 'jwt' || token.classification.kind !== 'id_token') return { outcome: 'inapplicable' };
    const nonce = token.checks.find(({ id }) => id === 'nonce');
    // What nobody saw sent says nothing of the token.
    if (nonce?.counterpartSeen !== true || nonce.outcome === 'inapplicable')
      return { outcome: 'inapplicable' };
    if (nonce.outcome === 'passed') return { outcome: 'passed' };
    if (nonce.outcome === 'cantTell' || token.classification.confidence === 'weak')
      return { outcome: 'cantTell', because: t`Whether its nonce is right can't be told. ${nonce.text}` };
    return {
      outcome: 'failed',
      what: t`An ID token that does not answer the app's authorization request was sent to ${request.destination.host}.`,
      evidence: [t`Its nonce: ${nonce.text}`],
    };
  },
};
