import type { MessageRule } from '../../model/finding.ts';
import { t } from '../../text.ts';

/** An ID token that can be used twice. */
export const missingNonce: MessageRule = {
  id: 'missing-nonce',
  severity: 'error',
  title: t`ID token asked for in the authorization response without a nonce`,
  why: t`The ID token comes through the browser. Without a nonce the app can’t tell whether it answers this very request: one that was stolen, or used before, logs in as well.`,
  fix: t`Send a random one-time "nonce", keep it in the browser’s session, and refuse an ID token with another one or none. Better still, use the authorization code grant with PKCE (response_type "code").`,
  references: [
    {
      title: 'OpenID Connect Core 1.0 §3.2.2.1',
      url: 'https://openid.net/specs/openid-connect-core-1_0.html#ImplicitAuthRequest',
    },
    {
      title: 'OpenID Connect Core 1.0 §3.3.2.11',
      url: 'https://openid.net/specs/openid-connect-core-1_0.html#HybridIDToken',
    },
    {
      title: 'OpenID Connect Core 1.0 §15.5.2',
      url: 'https://openid.net/specs/openid-connect-core-1_0.html#NonceNotes',
    },
  ],
  judge: ({ message, request }) => {
    if (message.message !== 'authorization_request' || !message.responseType.includes('id_token'))
      return { outcome: 'inapplicable' };
    if (message.hasNonce) return { outcome: 'passed' };
    // What is missing here may stand in the request object, or have been pushed.
    if (message.isByReference) return { outcome: 'inapplicable' };
    // The authorization server's own pages pass parameters on between their steps, and not always all of them.
    if (request.method === 'POST' && request.initiator === request.destination.origin)
      return { outcome: 'inapplicable' };
    return {
      outcome: 'failed',
      what: t`The client "${message.clientId}" asked ${request.destination.host} for an ID token without a nonce.`,
      evidence: [t`Its "response_type" is "${message.responseType.join(' ')}", and there is no "nonce".`],
    };
  },
};
