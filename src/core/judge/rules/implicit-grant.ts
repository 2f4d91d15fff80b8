import type { MessageRule } from '../../model/finding.ts';
import { t } from '../../text.ts';

/** An access token in the authorization response. */
export const implicitGrant: MessageRule = {
  id: 'implicit-grant',
  severity: 'warning',
  title: t`Access token asked for by the implicit grant`,
  why: t`The access token comes back in a URL, where history, logs, referrers and other scripts find it; it can be bound to nobody, and the app can’t tell one that an attacker slipped in from its own.`,
  fix: t`Use the authorization code grant with PKCE (response_type "code"); every client library in use does it. At the authorization server, switch the implicit grant off for this client.`,
  references: [
    { title: 'RFC 9700 §2.1.2', url: 'https://www.rfc-editor.org/rfc/rfc9700#section-2.1.2' },
    { title: 'RFC 6749 §10.16', url: 'https://www.rfc-editor.org/rfc/rfc6749#section-10.16' },
  ],
  judge: ({ message, request }) => {
    // A request object may ask for something else; without it the server would not know.
    if (message.message !== 'authorization_request' || message.responseType.length === 0)
      return { outcome: 'inapplicable' };
    if (!message.responseType.includes('token')) return { outcome: 'passed' };
    return {
      outcome: 'failed',
      what: t`The client "${message.clientId}" asked ${request.destination.host} for an access token in the authorization response.`,
      evidence: [t`Its "response_type" is "${message.responseType.join(' ')}".`],
    };
  },
};
