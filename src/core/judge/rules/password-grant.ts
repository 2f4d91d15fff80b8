import type { MessageRule } from '../../model/finding.ts';
import { t } from '../../text.ts';

/** RFC 6749 §4.3.2, and Auth0's form of it with a realm (https://auth0.com/docs/get-started/authentication-and-authorization-flow/resource-owner-password-flow). */
const PASSWORD_GRANTS: ReadonlySet<string> = new Set([
  'password',
  'http://auth0.com/oauth/grant-type/password-realm',
]);

/** A person's password in the hands of the app. */
export const passwordGrant: MessageRule = {
  id: 'password-grant',
  severity: 'error',
  title: t`Password grant: the app takes the person’s password`,
  why: t`The app sees the password that is for the authorization server alone, people learn to type it anywhere, and a second factor, a passkey or a risk check has no place in it. This grant must not be used.`,
  fix: t`Send the browser to the authorization server to log in: the authorization code grant with PKCE. At the authorization server, switch the password grant off for this client.`,
  references: [
    { title: 'RFC 9700 §2.4', url: 'https://www.rfc-editor.org/rfc/rfc9700#section-2.4' },
    { title: 'RFC 6749 §10.7', url: 'https://www.rfc-editor.org/rfc/rfc6749#section-10.7' },
  ],
  judge: ({ message, request }) => {
    if (message.message !== 'token_request') return { outcome: 'inapplicable' };
    if (!PASSWORD_GRANTS.has(message.grantType)) return { outcome: 'passed' };
    const { host, origin } = request.destination;
    const isOwn = request.initiator === origin;
    return {
      outcome: 'failed',
      // A log-in form of the very server that has the passwords, by the grant's name (as FastAPI's tutorial has it).
      ...(isOwn ? { severity: 'warning' } : {}),
      what: t`The page sent a person's password to ${host} by the password grant.`,
      evidence: [
        t`Its "grant_type" is "${message.grantType}".`,
        ...(isOwn ? [t`The page is of the same origin as the server that takes the password.`] : []),
      ],
    };
  },
};
