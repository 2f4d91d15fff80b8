import type { MessageRule } from '../../model/finding.ts';
import { t } from '../../text.ts';

/** An authorization response that nothing ties to this browser. */
export const missingState: MessageRule = {
  id: 'missing-state',
  severity: 'warning',
  title: t`Authorization request without state, PKCE or nonce`,
  why: t`Nothing ties the response to the browser that asked. An attacker can have a victim’s browser finish the attacker’s log-in (cross-site request forgery): the victim then works, and pays, in the attacker’s account.`,
  fix: t`Use PKCE, or send a random one-time "state" (or, with OpenID Connect, a "nonce"), keep it in the browser’s session, and refuse a response that does not bring it back.`,
  references: [
    { title: 'RFC 9700 §2.1', url: 'https://www.rfc-editor.org/rfc/rfc9700#section-2.1' },
    { title: 'RFC 9700 §4.7.1', url: 'https://www.rfc-editor.org/rfc/rfc9700#section-4.7.1' },
    { title: 'RFC 6749 §10.12', url: 'https://www.rfc-editor.org/rfc/rfc6749#section-10.12' },
  ],
  judge: ({ message, request }) => {
    if (message.message !== 'authorization_request') return { outcome: 'inapplicable' };
    if (message.hasState || message.hasNonce || message.codeChallengeMethod !== null)
      return { outcome: 'passed' };
    // What is missing here may stand in the request object, or have been pushed.
    if (message.isByReference) return { outcome: 'inapplicable' };
    // The authorization server's own pages pass parameters on between their steps, and not always all of them.
    if (request.method === 'POST' && request.initiator === request.destination.origin)
      return { outcome: 'inapplicable' };
    return {
      outcome: 'failed',
      what: t`The client "${message.clientId}" sent ${request.destination.host} an authorization request that nothing ties to this browser.`,
      evidence: [t`There is no "state", no "code_challenge" and no "nonce".`],
    };
  },
};
