import type { MessageRule } from '../../model/finding.ts';
import { t } from '../../text.ts';

/** A client secret that every visitor has. */
export const clientSecretInBrowser: MessageRule = {
  id: 'client-secret-in-browser',
  severity: 'error',
  title: t`Client secret sent by a page`,
  why: t`Whatever a page has, every visitor has: it is in the script that they download. With the secret anybody can act as this client at the authorization server.`,
  fix: t`Withdraw the secret now. Register the app as a public client (no secret, authorization code grant with PKCE), or let a backend that keeps the secret redeem the code.`,
  references: [
    { title: 'RFC 6749 §2.1', url: 'https://www.rfc-editor.org/rfc/rfc6749#section-2.1' },
    { title: 'RFC 6749 §10.1', url: 'https://www.rfc-editor.org/rfc/rfc6749#section-10.1' },
    { title: 'RFC 6819 §5.2.3.1', url: 'https://www.rfc-editor.org/rfc/rfc6819#section-5.2.3.1' },
  ],
  judge: ({ message, request }) => {
    if (message.message !== 'token_request') return { outcome: 'inapplicable' };
    if (message.clientSecret === null) return { outcome: 'passed' };
    const { clientId } = message;
    const { host } = request.destination;
    if (request.initiator === null) {
      return {
        outcome: 'cantTell',
        because:
          clientId === null
            ? t`A token request with the secret of its client went to ${host}, and nothing says that a page made it.`
            : t`A token request with the secret of the client "${clientId}" went to ${host}, and nothing says that a page made it.`,
      };
    }
    return {
      outcome: 'failed',
      what:
        clientId === null
          ? t`The page at ${request.initiator} sent ${host} the secret of its client.`
          : t`The page at ${request.initiator} sent ${host} the secret of the client "${clientId}".`,
      evidence: [
        message.clientSecret === 'basic'
          ? t`It stands in the Authorization header (Basic).`
          : t`It stands in the body as "client_secret".`,
      ],
    };
  },
};
