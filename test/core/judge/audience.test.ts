import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type AudienceFacts, compareAudience } from '../../../src/core/judge/audience.ts';
import { Declared } from '../../../src/core/learn/declared.ts';
import { NO_CONFIGURATION } from '../../../src/core/model/configuration.ts';

interface World {
  readonly answers?: readonly string[];
  readonly located?: readonly string[];
  readonly askedFor?: readonly string[];
  readonly named?: readonly string[];
  /** What a person declared: audiences by host pattern. */
  readonly declared?: Readonly<Record<string, readonly string[]>>;
  readonly servers?: readonly string[];
}

type Role = 'unknown' | 'protected_resource' | 'third_party';

/** The comparison in one word, certain or not. */
function compare(
  audiences: readonly string[],
  url: string,
  world: World = {},
  role: Role = 'unknown',
): string {
  const { host, pathname, origin } = new URL(url);
  const resources = Object.entries(world.declared ?? {}).map(([of, names]) => ({
    host: of,
    audiences: names,
  }));
  const declared = new Declared({ ...NO_CONFIGURATION, resources }, 0);
  const facts: AudienceFacts = {
    audiencesOf: (of) => (of === host ? (world.answers ?? []) : []),
    isLocated: (audience) => (world.located ?? []).includes(audience),
    isAskedFor: (audience) => (world.askedFor ?? []).includes(audience),
    isNamed: (audience) => (world.named ?? []).includes(audience),
    declaredHere: declared.resourceAt(origin, pathname),
    declaredHostsOf: (audience) => declared.hostsOf(audience),
    isServer: (audience) => (world.servers ?? []).includes(audience),
  };
  const destination = { role, origin, host, path: pathname, because: '', known: false } as const;
  const { outcome, certain } = compareAudience(audiences, destination, facts);
  return outcome === 'not_meant' && !certain ? 'not_meant?' : outcome;
}

describe('an audience that can be no more than a name', () => {
  it.each([
    ['of one label', 'https://orders-api'],
    ['with a path', 'https://quickstarts/api'],
    ['under an end that nobody registers', 'https://shopping.api'],
    ['inside a cluster', 'https://kubernetes.default.svc.cluster.local'],
  ])('is not compared: %s', (_what, audience) => {
    expect(compare([audience], 'https://api.shop.com/things')).toBe('cannot_tell');
    expect(compare([audience], 'https://api.shop.com/things', { askedFor: [audience] })).toBe('cannot_tell');
    expect(compare([audience], 'https://api.shop.com/', { answers: ['https://other.api'] })).toBe(
      'not_meant',
    );
  });

  it.each([
    ['https://api.shop.com', 'https://a1b2.execute-api.eu-west-1.amazonaws.com/prod/things'],
    ['https://api.shop.com', 'https://shop-api.azurewebsites.net/things'],
    ['https://api.shop.com', 'https://europe-west1-shop.cloudfunctions.net/things'],
  ])('%s at a hosting company: %s', (audience, url) => {
    expect(compare([audience], url)).toBe('cannot_tell');
    expect(compare([audience], url, { located: [audience] })).toBe('not_meant');
    expect(compare([audience], 'https://evil-metrics.com/')).toBe('not_meant?');
  });

  it('of a hosting company goes by its owner’s name too, but not by a stranger’s', () => {
    const hosted = ['https://shop-api-x7-ew.a.run.app'];
    expect(compare(hosted, 'https://api.shop.com/', {}, 'protected_resource')).toBe('cannot_tell');
    expect(compare(hosted, 'https://evil-metrics.com/', {}, 'third_party')).toBe('not_meant?');
  });
});

describe('an audience that is a URL', () => {
  it.each([
    ['the origin', 'https://api.example', 'https://api.example/v1/things'],
    ['with a slash', 'https://api.example/', 'https://api.example/v1'],
    ['a path above', 'https://api.example/v1', 'https://api.example/v1/things?x'],
    ['the very path', 'https://api.example/v1/', 'https://api.example/v1'],
    ['the default port', 'https://api.example:443', 'https://api.example/'],
    ['another scheme', 'http://api.example', 'https://api.example/'],
    ['in capitals', 'HTTPS://API.EXAMPLE', 'https://api.example/'],
    ['an international name', 'https://bücher.example', 'https://xn--bcher-kva.example/'],
  ])('is meant: %s', (_what, audience, url) => {
    expect(compare([audience], url)).toBe('meant');
  });

  it.each([
    ['a path beside', 'https://api.example/v1', 'https://api.example/v10'],
    ['another path', 'https://api.example/orders', 'https://api.example/users'],
    ['another host of the site', 'https://api.example.com', 'https://eu.api.example.com/'],
    ['the same API under development', 'https://api.example', 'http://localhost:3000/'],
    ['the same API under development, by address', 'https://api.example', 'http://[::1]:3000/'],
    ['the same API under development, by name', 'https://api.example', 'http://api.localhost/'],
  ])('can’t be told: %s', (_what, audience, url) => {
    expect(compare([audience], url)).toBe('cannot_tell');
  });

  it('on another site is not meant, but that is not certain: it may be a mere name', () => {
    expect(compare(['https://api.example'], 'https://other.test/')).toBe('not_meant?');
  });

  it('two customers of one hosting company are no one’s site', () => {
    expect(compare(['https://a.github.io'], 'https://b.github.io/')).toBe('not_meant?');
  });

  it('on another port of loopback is not meant: both are under development', () => {
    expect(compare(['http://localhost:3001'], 'http://localhost:3000/')).toBe('cannot_tell');
    expect(compare(['http://127.0.0.1:3001'], 'http://localhost:3000/')).toBe('not_meant?');
  });
});

describe('what was learned', () => {
  it('a host that answers to another audience certainly is not meant', () => {
    const world = { answers: ['https://orders.example'] };
    expect(compare(['https://api.example'], 'https://orders.example/', world)).toBe('not_meant');
  });

  it('any name is meant where the host is known to answer to it', () => {
    expect(compare(['api://things'], 'https://api.example/', { answers: ['api://things'] })).toBe('meant');
  });

  it('an audience where other requests went certainly is not meant elsewhere', () => {
    const world = { located: ['https://api.example'] };
    expect(compare(['https://api.example'], 'https://other.test/', world)).toBe('not_meant');
  });

  it('no false alarm: a "resource" is an identifier, which may be a locator (RFC 8707 §2)', () => {
    const world = { askedFor: ['https://api.example.com'] };
    expect(compare(['https://api.example.com'], 'https://orders.example.com/', world)).toBe('cannot_tell');
    const tenant = { askedFor: ['https://contoso.onmicrosoft.com/orders'] };
    const audience = ['https://contoso.onmicrosoft.com/orders'];
    expect(compare(audience, 'https://orders.contoso.com/', tenant)).toBe('cannot_tell');
    expect(compare(audience, 'https://orders-42.azurewebsites.net/', tenant)).toBe('cannot_tell');
  });

  it('no false alarm: an application ID URI in a tenant’s initial domain is a name', () => {
    for (const audience of [
      'https://contoso.onmicrosoft.com/orders',
      'https://contoso.partner.onmschina.cn/orders',
      'https://contoso.onmicrosoft.us/orders',
    ])
      expect(compare([audience], 'https://api.unlike.com/orders')).toBe('cannot_tell');
    expect(compare(['https://onmicrosoft.com.evil.net/'], 'https://api.unlike.com/orders')).toBe(
      'not_meant?',
    );
  });

  it('but to another party it is not meant, nor on this machine, whose addresses name nothing else', () => {
    const world = { askedFor: ['https://api.example.com', 'http://localhost:4001'] };
    expect(compare(['https://api.example.com'], 'https://evil-metrics.com/', world)).toBe('not_meant?');
    expect(compare(['http://localhost:4001'], 'http://localhost:4002/', world)).toBe('not_meant?');
    const located = { ...world, located: ['https://api.example.com'] };
    expect(compare(['https://api.example.com'], 'https://orders.example.com/', located)).toBe('not_meant');
  });

  it('no false alarm: what was asked for by a vendor’s "audience" is a name, which need not be a place', () => {
    const world = { named: ['https://api.acme.example'] };
    expect(compare(['https://api.acme.example'], 'https://acme.test/v1', world)).toBe('cannot_tell');
    const two = ['https://api.acme.example', 'https://acme.auth0.com/userinfo'];
    expect(compare(two, 'https://acme.test/v1', world)).toBe('cannot_tell');
  });

  it('but such a name is a place once a request went there', () => {
    const audience = 'https://api.acme.example';
    expect(compare([audience], 'https://acme.test/', { named: [audience], located: [audience] })).toBe(
      'not_meant',
    );
    expect(compare([audience], 'https://evil.test/', { named: [audience], askedFor: [audience] })).toBe(
      'not_meant?',
    );
  });

  it('no false alarm: behind one host stand several APIs, each with its path', () => {
    const world = { answers: ['https://gateway.example/orders'] };
    expect(compare(['https://users.internal.example'], 'https://gateway.example/users/7', world)).not.toBe(
      'not_meant',
    );
    expect(compare(['https://users.internal.example'], 'https://gateway.example/orders/7', world)).toBe(
      'not_meant',
    );
  });

  it('no false alarm: a second audience, the UserInfo Endpoint, says nothing of where the API is', () => {
    // As Auth0 issues it: the API's identifier, a mere name, and the UserInfo Endpoint, where requests went.
    const audiences = ['https://api.acme.example', 'https://acme.auth0.com/userinfo'];
    const world = { located: ['https://acme.auth0.com/userinfo'] };
    expect(compare(audiences, 'https://things.acme.example/v1', world)).toBe('cannot_tell');
    expect(compare(audiences, 'https://acme.herokuapp.com/v1', world)).not.toBe('not_meant');
  });
});

describe('an audience that is a mere name', () => {
  it.each([
    'account',
    'api://11111111-2222',
    '6e74172b-be56-4843-9ff4-e66a39bb12e3',
    'urn:things',
    'authenticated',
    'api.example',
  ])('"%s" can’t be compared', (audience) => {
    expect(compare([audience], 'https://api.example/')).toBe('cannot_tell');
    expect(compare([audience, 'https://other.test'], 'https://api.example/')).toBe('cannot_tell');
  });

  it('none at all can’t be compared', () => {
    expect(compare([], 'https://api.example/')).toBe('cannot_tell');
  });
});

it('never throws, and is never certain of a host of which nothing is known', () => {
  fc.assert(
    fc.property(
      fc.array(fc.oneof(fc.webUrl(), fc.string()), { maxLength: 5 }),
      fc.webUrl(),
      (audiences, url) => {
        expect(compare(audiences, url)).not.toBe('not_meant');
      },
    ),
  );
});

describe('an audience that a person declared', () => {
  const declared = {
    'orders.example': ['orders-api', 'https://orders.example'],
    '*.shop.example': ['shop'],
    'api.shop.example/v2': ['shop-v2'],
  };

  it.each([
    ['a mere name', 'orders-api', 'https://orders.example/x'],
    ['by the pattern that says most', 'shop-v2', 'https://api.shop.example/v2/x'],
    ['by a wildcard', 'shop', 'https://api.shop.example/v1/x'],
  ])('is meant for its host: %s', (_what, audience, url) => {
    expect(compare([audience], url, { declared })).toBe('meant');
  });

  it.each([
    ['another name', ['the-catalogue'], 'https://orders.example/x'],
    ['a URL of the same host', ['https://orders.example/v1'], 'https://orders.example/v1/x'],
    ['what a wildcard says, under a pattern that says more', ['shop'], 'https://api.shop.example/v2/x'],
    ['several others', ['a', 'https://b.example'], 'https://orders.example/x'],
  ])('what else a token names there is certainly not meant: %s', (_what, audiences, url) => {
    expect(compare(audiences, url, { declared })).toBe('not_meant');
  });

  it('what the traffic seemed to show does not outweigh a person’s word', () => {
    expect(compare(['x'], 'https://orders.example/', { declared, answers: ['x'] })).toBe('not_meant');
  });

  it('a slash at the end alone is no proof', () => {
    expect(compare(['https://orders.example/'], 'https://orders.example/x', { declared })).toBe(
      'cannot_tell',
    );
  });

  it('for one host, at another: not meant, but that was not declared', () => {
    expect(compare(['orders-api'], 'https://collector.example2.com/x', { declared })).toBe('not_meant?');
    expect(compare(['orders-api', 'nobody-knows'], 'https://collector.test/x', { declared })).toBe(
      'cannot_tell',
    );
  });

  it.each(['https://staging.orders.example/x', 'http://localhost:8080/x'])(
    'for one host, at what may be the same API: %s',
    (url) => {
      expect(compare(['orders-api'], url, { declared })).toBe('cannot_tell');
    },
  );

  it('a token without audience is none for anybody', () => {
    expect(compare([], 'https://orders.example/x', { declared })).toBe('cannot_tell');
  });
});

describe('an audience that is known', () => {
  it.each<[string, readonly string[], string, World, string]>([
    [
      'an authorization server',
      ['https://as.example/'],
      'https://api.other.example/',
      { servers: ['https://as.example/'] },
      'not_meant',
    ],
    [
      'an authorization server on the same site',
      ['https://as.app.example/token'],
      'https://api.app.example/',
      { servers: ['https://as.app.example/token'] },
      'not_meant',
    ],
    [
      'an authorization server, and an API',
      ['https://as.example/', 'my-api'],
      'https://api.other.example/',
      { servers: ['https://as.example/'] },
      'cannot_tell',
    ],
    [
      'a name, at Microsoft Graph',
      ['6e74172b-be56-4843-9ff4-e66a39bb12e3'],
      'https://graph.microsoft.com/v1.0/me',
      {},
      'not_meant',
    ],
    [
      "Microsoft Graph's, there",
      ['00000003-0000-0000-c000-000000000000'],
      'https://graph.microsoft.com/v1.0/me',
      {},
      'meant',
    ],
    [
      "Microsoft Graph's, elsewhere",
      ['00000003-0000-0000-c000-000000000000'],
      'https://api.app.example/',
      {},
      'not_meant',
    ],
  ])('%s', (_, audiences, url, world, expected) => {
    expect(compare(audiences, url, world)).toBe(expected);
  });
});
