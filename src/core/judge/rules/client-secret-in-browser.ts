import type { MessageRule } from '../../model/finding.ts';

/** A client secret that every visitor has. */
export const clientSecretInBrowser: MessageRule = {
  id: 'client-secret-in-browser',
  severity: 'error',
  title: 'Client secret sent by a page',
  why: 'Whatever a page has, every visitor has: it is in the script that they download. With the secret anybody can act as this client at the authorization server.',
  fix: 'Withdraw the secret now. Register the app as a public client (no secret, authorization code grant with PKCE), or let a backend that keeps the secret redeem the code.',
  references: [
    { title: 'RFC 6749 §2.1', url: 'https://www.rfc-editor.org/rfc/rfc6749#section-2.1' },
    { title: 'RFC 6749 §10.1', url: 'https://www.rfc-editor.org/rfc/rfc6749#section-10.1' },
    { title: 'RFC 6819 §5.2.3.1', url: 'https://www.rfc-editor.org/rfc/rfc6819#section-5.2.3.1' },
  ],
  judge: ({ message, request }) => {
    if (message.message !== 'token_request') return { outcome: 'inapplicable' };
    if (message.clientSecret === null) return { outcome: 'passed' };
    const client = message.clientId === null ? 'its client' : `the client "${message.clientId}"`;
    const { host } = request.destination;
    if (request.initiator === null) {
      return {
        outcome: 'cantTell',
        because: `A token request with the secret of ${client} went to ${host}, and nothing says that a page made it.`,
      };
    }
    return {
      outcome: 'failed',
      what: `The page at ${request.initiator} sent ${host} the secret of ${client}.`,
      evidence: [
        message.clientSecret === 'basic'
          ? 'It stands in the Authorization header (Basic).'
          : 'It stands in the body as "client_secret".',
      ],
    };
  },
};
