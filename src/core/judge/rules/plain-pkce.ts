import type { MessageRule } from '../../model/finding.ts';
import { t } from '../../text.ts';

/** A code challenge that gives the verifier away. */
export const plainPkce: MessageRule = {
  id: 'plain-pkce',
  severity: 'warning',
  title: t`PKCE with the method "plain"`,
  why: t`With "plain" the challenge in the URL is the verifier itself: who reads the authorization request can redeem the code.`,
  fix: t`Send "code_challenge_method" "S256" and, as the challenge, the SHA-256 of the verifier. Without a method "plain" is meant.`,
  references: [
    { title: 'RFC 7636 §4.2', url: 'https://www.rfc-editor.org/rfc/rfc7636#section-4.2' },
    { title: 'RFC 7636 §7.2', url: 'https://www.rfc-editor.org/rfc/rfc7636#section-7.2' },
    { title: 'RFC 9700 §2.1.1', url: 'https://www.rfc-editor.org/rfc/rfc9700#section-2.1.1' },
  ],
  judge: ({ message, request }) => {
    if (message.message !== 'authorization_request' || message.codeChallengeMethod === null)
      return { outcome: 'inapplicable' };
    const method = message.codeChallengeMethod;
    if (method === 'S256') return { outcome: 'passed' };
    if (method !== 'plain') {
      return {
        outcome: 'cantTell',
        because: t`Its "code_challenge_method" is "${method.slice(0, 64)}", which is not registered.`,
      };
    }
    return {
      outcome: 'failed',
      what: t`The client "${message.clientId}" sent ${request.destination.host} its code verifier as the challenge.`,
      evidence: [t`Its "code_challenge_method" is "plain", or there is none (RFC 7636 §4.3).`],
    };
  },
};
