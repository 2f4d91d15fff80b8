import type { MessageRule } from '../../model/finding.ts';
import { t } from '../../text.ts';

/** An authorization code that whoever gets it can redeem. */
export const missingPkce: MessageRule = {
  id: 'missing-pkce',
  severity: 'warning',
  title: t`Authorization code asked for without PKCE`,
  why: t`A code that leaks (history, referrer, another app, a log) can be redeemed by who finds it, and a stolen one can be slipped into somebody else’s log-in. With PKCE only the app that asked can redeem it.`,
  fix: t`Send "code_challenge" with method "S256" (oidc-client-ts, auth0-spa-js, MSAL and AppAuth do so by themselves; in others it is a setting, such as pkceMethod: "S256" in keycloak-js), and have the authorization server demand it.`,
  references: [
    { title: 'RFC 9700 §2.1.1', url: 'https://www.rfc-editor.org/rfc/rfc9700#section-2.1.1' },
    { title: 'RFC 7636 §1', url: 'https://www.rfc-editor.org/rfc/rfc7636#section-1' },
    { title: 'RFC 9700 §4.5.3', url: 'https://www.rfc-editor.org/rfc/rfc9700#section-4.5.3' },
  ],
  judge: ({ message, request }) => {
    if (message.message !== 'authorization_request' || !message.responseType.includes('code'))
      return { outcome: 'inapplicable' };
    if (message.codeChallengeMethod !== null) return { outcome: 'passed' };
    // What is missing here may stand in the request object, or have been pushed.
    if (message.isByReference) return { outcome: 'inapplicable' };
    // The authorization server's own pages pass parameters on between their steps, and not always all of them.
    if (request.method === 'POST' && request.initiator === request.destination.origin)
      return { outcome: 'inapplicable' };
    return {
      outcome: 'failed',
      ...(message.hasNonce ? { severity: 'notice' } : {}),
      what: t`The client "${message.clientId}" asked ${request.destination.host} for a code without PKCE.`,
      evidence: [
        t`There is no "code_challenge".`,
        ...(message.hasNonce
          ? [t`There is a "nonce", on which a confidential client of OpenID Connect may rely instead.`]
          : []),
      ],
    };
  },
};
