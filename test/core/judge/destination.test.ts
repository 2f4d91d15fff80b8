import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type DestinationFacts, destinationOf } from '../../../src/core/judge/destination.ts';
import type { EndpointRole, IssuerMetadata } from '../../../src/core/model/knowledge.ts';
import { webOrigin } from '../../../src/core/syntax/url.ts';

interface World {
  /** Host patterns that a person declared, by the URL that they match. */
  readonly declared?: Readonly<Record<string, string>>;
  readonly endpoints?: Readonly<Record<string, EndpointRole>>;
  readonly servers?: readonly string[];
  readonly issuers?: readonly string[];
  readonly clients?: readonly string[];
  readonly audiences?: Readonly<Record<string, readonly string[]>>;
  /** Origins that a carried token names as its issuer. */
  readonly namedIssuers?: readonly string[];
}

const APP = 'https://app.example.com';

function facts(world: World): DestinationFacts {
  const issuers: readonly IssuerMetadata[] = (world.issuers ?? []).map((issuer) => ({
    issuer,
    jwksUri: null,
    endpoints: [],
  }));
  return {
    endpointRole: (place) => world.endpoints?.[place] ?? null,
    isServerOrigin: (origin) => (world.servers ?? []).includes(origin),
    issuersAt: (origin) => issuers.filter(({ issuer }) => webOrigin(issuer) === origin),
    isClientOrigin: (origin) => (world.clients ?? []).includes(origin),
    audiencesOf: (host) => world.audiences?.[host] ?? [],
    declaredAt: (origin, path) => world.declared?.[origin + path] ?? null,
    isNamedAsIssuer: (origin) => world.namedIssuers?.includes(origin) ?? false,
  };
}

function role(url: string, world: World = {}, initiator: string | null = APP): string {
  const { role: found, known } = destinationOf(url, initiator, facts(world));
  return known ? found : `${found}?`;
}

describe('destinationOf', () => {
  it('an endpoint is known by its URL, whatever its query', () => {
    const endpoints = { 'https://login.example/token': 'token_endpoint' } as const;
    expect(role('https://login.example/token?x=1#y', { endpoints })).toBe('token_endpoint');
    expect(role('https://login.example/tokens', { endpoints })).toBe('third_party?');
  });

  it('what a person declared is a resource, whoever else is at its origin', () => {
    const declared = { [`${APP}/api`]: 'app.example.com/api', 'https://sso.example/api': 'sso.example/api' };
    const world = { declared, clients: [APP], servers: ['https://sso.example'] };
    expect(role(`${APP}/api?x`, world)).toBe('protected_resource');
    expect(role(`${APP}/`, world)).toBe('client');
    expect(role('https://sso.example/api', world)).toBe('protected_resource');
    expect(role('https://sso.example/x', world)).toBe('authorization_server?');
  });

  it('but an endpoint stays one, and metadata stay metadata', () => {
    const url = 'https://sso.example/userinfo';
    const known = 'https://sso.example/.well-known/openid-configuration';
    const world = {
      declared: { [url]: '*.example', [known]: '*.example' },
      endpoints: { [url]: 'userinfo_endpoint' } as const,
    };
    expect(role(url, world)).toBe('userinfo_endpoint');
    expect(role(known, world)).toBe('authorization_server');
  });

  it('what stands below an issuer’s path is its own, and only that', () => {
    const world = { issuers: ['https://sso.example/realms/a'] };
    expect(role('https://sso.example/realms/a/account', world)).toBe('authorization_server');
    expect(role('https://sso.example/realms/a', world)).toBe('authorization_server');
    expect(role('https://sso.example/realms/ab', world)).toBe('third_party?');
    expect(role('https://sso.example/realms/b/account', world)).toBe('third_party?');
  });

  it('the origin of an authorization request is likely the authorization server’s', () => {
    expect(role('https://login.example/any', { servers: ['https://login.example'] })).toBe(
      'authorization_server?',
    );
  });

  it('an app that serves its login itself is still the app', () => {
    const world = { servers: [APP], issuers: [APP], clients: [APP] };
    expect(role(`${APP}/api/me`, world)).toBe('client');
  });

  it('metadata and keys carry no secrets, wherever they are', () => {
    expect(role('https://any.example/tenant/.well-known/openid-configuration')).toBe('authorization_server');
  });

  it('a host that a token was asked for is a protected resource, also the app’s own', () => {
    const audiences = { 'api.test': ['https://api.test'], 'app.example.com': [APP] };
    expect(role('https://api.test/v1', { audiences })).toBe('protected_resource');
    expect(role(`${APP}/api`, { audiences, clients: [APP] })).toBe('protected_resource');
  });

  it('the page’s own origin is the client’s; known where a redirect_uri said so', () => {
    expect(role(`${APP}/api`)).toBe('client?');
    expect(role(`${APP}/api`, { clients: [APP] })).toBe('client');
  });

  it('another host of the app’s site is likely an API of it, one of another site a third party', () => {
    expect(role('https://api.example.com/v1')).toBe('protected_resource?');
    expect(role('https://api.example.org/v1')).toBe('third_party?');
    expect(role('https://b.github.io/', {}, 'https://a.github.io')).toBe('third_party?');
    expect(role('http://localhost:4000/', {}, 'http://localhost:3000')).toBe('protected_resource?');
  });

  it('without a page nothing says whose host it is', () => {
    expect(role('https://api.example.com/v1', {}, null)).toBe('unknown?');
    expect(role('https://api.example.com/v1', {}, 'null')).toBe('unknown?');
  });

  it.each(['ws', 'wss'])('a %s URL is judged as the http origin that it belongs to', (scheme) => {
    const origin = scheme === 'ws' ? 'http://app.example.com' : APP;
    expect(role(`${scheme}://app.example.com/socket`, {}, origin)).toBe('client?');
  });

  it.each([
    '',
    'not a url',
    'data:text/plain,x',
    'blob:https://app.example.com/1',
    'chrome-extension://x/y',
    'about:blank',
  ])('%j names no host', (url) => {
    expect(destinationOf(url, APP, facts({}))).toMatchObject({ role: 'unknown', host: '', known: false });
  });

  it('never throws', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.webUrl(), fc.string()),
        fc.option(fc.oneof(fc.webUrl(), fc.string())),
        (url, page) => {
          destinationOf(url, page, facts({ issuers: [url] }));
        },
      ),
    );
  });

  it('a host that the token itself names as its issuer is its authorization server, but never the app', () => {
    const namedIssuers = ['https://login.other.example', APP];
    expect(role('https://login.other.example/logout', { namedIssuers })).toBe('authorization_server?');
    expect(role(`${APP}/api`, { namedIssuers })).toBe('client?');
  });
});
