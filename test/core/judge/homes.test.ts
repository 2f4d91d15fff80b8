import { describe, expect, it } from 'vitest';
import { compareHome, documentedApi } from '../../../src/core/judge/homes.ts';
import { caseOf, type Told } from '../../fixtures/case.ts';

/** What is said of a token at a host, for a page at app.example. */
function at(host: string, raw: string, told: Told = {}, issuedAt: string | null = null): string | null {
  const { token, request } = caseOf({ form: 'opaque', host, ...told });
  return compareHome(token, raw, issuedAt, request.destination, request.initiator)?.outcome ?? null;
}

const GITHUB = `gho_${'a'.repeat(36)}`;

describe('where a vendor documents its tokens to be good', () => {
  it.each([
    ['api.github.com', 'meant'],
    ['raw.githubusercontent.com', 'meant'],
    ['analytics.elsewhere.example', 'not_meant'],
    // The app's own backend may act for the person.
    ['api.app.example', 'cannot_tell'],
    // A server of a company's own, perhaps.
    ['github.corporation.example', 'not_meant'],
  ])("GitHub's token at %s: %s", (host, expected) => {
    expect(at(host, GITHUB, { role: 'third_party' })).toBe(expected);
  });

  it.each([
    ['/api/v3/user', 'cannot_tell'],
    ['/api/graphql', 'cannot_tell'],
    ['/api/v30/user', 'not_meant'],
  ])(
    "no false alarm: a company's own GitHub server is told by the paths of its API: %s",
    (path, expected) => {
      expect(at('code.corporation.example', GITHUB, { role: 'third_party', path })).toBe(expected);
    },
  );

  it.each([
    ['ya29.', 'shop-42-default-rtdb.firebaseio.com', 'meant'],
    ['ya29.', 'shop.europe-west1.firebasedatabase.app', 'meant'],
    ['ya29.', 'firebaseio.com.evil.example', 'not_meant'],
    ['ghu_', 'api.octo.ghe.com', 'meant'],
    ['ghu_', 'models.github.ai', 'meant'],
  ])('no false alarm: %s… at %s is %s', (prefix, host, expected) => {
    expect(at(host, prefix + 'a'.repeat(36), { role: 'third_party' })).toBe(expected);
  });

  it("a company's own GitHub server takes what it issued", () => {
    expect(at('github.corporation.example', GITHUB, {}, 'https://github.corporation.example')).toBe('meant');
  });

  it("Auth0's opaque access token is for its own UserInfo Endpoint, be it sent to the app's own backend", () => {
    const issuer = 'https://tenant.eu.auth0.com';
    expect(at('api.app.example', 'a'.repeat(32), {}, issuer)).toBe('not_meant');
    expect(at('tenant.eu.auth0.com', 'a'.repeat(32), {}, issuer)).toBe('meant');
    expect(at('api.app.example', 'a'.repeat(32), { kind: 'refresh_token' }, issuer)).toBeNull();
  });

  it("a team's global session at Cloudflare Access is for the team's domain", () => {
    const claims = { iss: 'https://team.cloudflareaccess.com', type: 'org' };
    expect(at('tool.app.example', '', { form: 'jwt', claims })).toBe('not_meant');
    expect(at('team.cloudflareaccess.com', '', { form: 'jwt', claims })).toBe('meant');
    expect(at('tool.app.example', '', { form: 'jwt', claims: { ...claims, type: 'app' } })).toBeNull();
  });

  it.each(['sk-live-123', '', 'x'.repeat(40)])('says nothing of %o', (raw) => {
    expect(at('elsewhere.example', raw)).toBeNull();
  });
});

describe("a vendor's API", () => {
  it('is known by its host and by its audiences, with a slash and without', () => {
    const graph = documentedApi({ host: 'graph.microsoft.com' });
    expect(graph).not.toBeNull();
    expect(documentedApi({ audience: 'https://graph.microsoft.com/' })).toBe(graph);
    expect(documentedApi({ audience: '00000003-0000-0000-c000-000000000000' })).toBe(graph);
    expect(documentedApi({ host: 'graph.microsoft.com.evil.example' })).toBeNull();
    expect(documentedApi({ audience: 'https://graph.microsoft.com.evil.example' })).toBeNull();
  });
});
