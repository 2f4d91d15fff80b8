import type { Rule } from '../../model/finding.ts';
import { t } from '../../text.ts';

/** An ID token that was not issued together with the access token or the code beside it. */
export const tokenHashMismatch: Rule = {
  id: 'token-hash-mismatch',
  severity: 'error',
  title: t`ID token that is not bound to what came with it`,
  why: t`With "at_hash" and "c_hash" an ID token says which access token and which code were issued with it. Where they do not fit, one of them was exchanged on the way: the app may use another person’s access token, or redeem another person’s code.`,
  fix: t`Have the app compute both hashes and refuse a response in which one differs; client libraries do so. If every response is so, correct the authorization server: the left half of the hash that the ID token’s "alg" names, base64url.`,
  references: [
    {
      title: 'OpenID Connect Core 1.0 §3.1.3.6',
      url: 'https://openid.net/specs/openid-connect-core-1_0.html#CodeIDToken',
    },
    {
      title: 'OpenID Connect Core 1.0 §3.2.2.9',
      url: 'https://openid.net/specs/openid-connect-core-1_0.html#ImplicitTokenValidation',
    },
    {
      title: 'OpenID Connect Core 1.0 §3.3.2.11',
      url: 'https://openid.net/specs/openid-connect-core-1_0.html#HybridIDToken',
    },
  ],
  judge: ({ token, request }) => {
    if (token.form !== 'jwt' || token.classification.kind !== 'id_token') return { outcome: 'inapplicable' };
    const seen = token.checks.filter(
      ({ id, counterpartSeen }) => (id === 'at_hash' || id === 'c_hash') && counterpartSeen === true,
    );
    const failed = seen.filter(({ outcome }) => outcome === 'failed');
    const [unclear] = seen.filter(({ outcome }) => outcome === 'cantTell');
    const [first = unclear] = failed;
    if (first === undefined) return { outcome: seen.length === 0 ? 'inapplicable' : 'passed' };
    if (failed.length === 0 || token.classification.confidence === 'weak') {
      return {
        outcome: 'cantTell',
        because: t`Whether its hashes are right can't be told. ${first.id}: ${first.text}`,
      };
    }
    return {
      outcome: 'failed',
      what: t`An ID token that is not bound to what came with it was sent to ${request.destination.host}.`,
      evidence: failed.map(({ id, text }) => `${id}: ${text}`),
    };
  },
};
