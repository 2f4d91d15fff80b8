import type { TokenKind } from '../model/token.ts';

/** Beginnings by which a vendor documents what its opaque tokens are. */
export interface OpaqueProfile {
  readonly vendor: string;
  readonly says: TokenKind;
  readonly shape: RegExp;
  readonly prefix: string;
  readonly source: string;
}

const GITHUB =
  'https://github.blog/changelog/2021-03-31-authentication-token-format-updates-are-generally-available';
const ORY = 'https://www.ory.com/docs/security-compliance/token-formats';
const SLACK = 'https://docs.slack.dev/authentication/tokens';
const AMAZON = 'https://developer.amazon.com/docs/login-with-amazon/access-token.html';
const AUTHELIA = 'https://www.authelia.com/integration/openid-connect/introduction/';

export const OPAQUE_PROFILES: readonly OpaqueProfile[] = [
  opaque('GitHub', 'access_token', 'gho_', GITHUB),
  opaque('GitHub', 'access_token', 'ghu_', GITHUB),
  opaque('GitHub', 'access_token', 'ghs_', GITHUB),
  opaque('GitHub', 'access_token', 'ghp_', GITHUB),
  opaque(
    'GitHub',
    'access_token',
    'github_pat_',
    'https://docs.github.com/authentication/keeping-your-account-and-data-secure/about-authentication-to-github',
  ),
  opaque('GitHub', 'refresh_token', 'ghr_', GITHUB),
  opaque('Ory', 'access_token', 'ory_at_', ORY),
  opaque('Ory', 'refresh_token', 'ory_rt_', ORY),
  opaque('Ory', 'session_token', 'ory_st_', ORY),
  opaque('Slack', 'access_token', 'xoxb-', SLACK),
  opaque('Slack', 'access_token', 'xoxp-', SLACK),
  opaque(
    'Google',
    'access_token',
    'ya29.',
    'https://developers.google.com/identity/protocols/oauth2/web-server#exchange-authorization-code',
  ),
  opaque('Login with Amazon', 'access_token', 'Atza|', AMAZON),
  opaque(
    'Login with Amazon',
    'refresh_token',
    'Atzr|',
    'https://developer.amazon.com/docs/login-with-amazon/refresh-token.html',
  ),
  opaque('Authelia', 'access_token', 'authelia_at_', AUTHELIA),
  opaque('Authelia', 'refresh_token', 'authelia_rt_', AUTHELIA),
];

function opaque(vendor: string, says: TokenKind, prefix: string, source: string): OpaqueProfile {
  const escaped = prefix.replaceAll(/[.|/]/g, '\\$&');
  return { vendor, says, prefix, source, shape: new RegExp(`^${escaped}[\\w.~+/|-]{16,}$`) };
}
