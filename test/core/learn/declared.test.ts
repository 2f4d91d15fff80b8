import { describe, expect, it } from 'vitest';
import { Declared } from '../../../src/core/learn/declared.ts';
import { Knowledge } from '../../../src/core/learn/knowledge.ts';
import { type Configuration, NO_CONFIGURATION } from '../../../src/core/model/configuration.ts';

const ISSUER = 'https://login.example/realms/shop';
const CONFIGURATION: Configuration = {
  ...NO_CONFIGURATION,
  clients: [{ clientId: 'shop-spa', issuer: ISSUER, origins: ['https://shop.example'] }],
  resources: [{ host: '*.shop.example', audiences: ['shop-api', 'https://api.shop.example'] }],
  trustedIssuers: ['https://partner.example/', 'https://accounts.google.com'],
};

function known(configuration: Partial<Configuration> = {}): Knowledge {
  const knowledge = new Knowledge();
  knowledge.declare({ ...CONFIGURATION, ...configuration }, 0);
  return knowledge;
}

describe('a client that a person declared', () => {
  it('is one at its issuer, and at no other', () => {
    expect(known().isClientOf('shop-spa', ISSUER)).toBe(true);
    expect(known().isClientOf('shop-spa', `${ISSUER}/`)).toBe(true);
    expect(known().isClientOf('shop-spa', 'https://login.example')).toBe(false);
    expect(known().isClientOf('shop-spa', null)).toBe(false);
    expect(known().isClientOf('other', ISSUER)).toBe(false);
  });

  it('has its origins, beside those that traffic showed', () => {
    const knowledge = known();
    const told = { learned: 'client', clientId: 'shop-spa', serverOrigin: 'https://login.example' } as const;
    knowledge.add({ ...told, origins: ['https://beta.shop.example'], learnedFrom: 'x1' });
    expect([...(knowledge.client('shop-spa')?.origins ?? [])].sort()).toEqual([
      'https://beta.shop.example',
      'https://shop.example',
    ]);
    expect(knowledge.isClientOrigin('https://shop.example')).toBe(true);
    expect(knowledge.clientsOf('https://shop.example', ISSUER)).toEqual(['shop-spa']);
    expect(knowledge.clientsOf('https://elsewhere.example', ISSUER)).toEqual([]);
  });

  it('named as what objects inherit is none', () => {
    expect(known().client('constructor')).toBeNull();
    expect(known().declared.severityOf('constructor')).toBeNull();
  });
});

describe('an issuer that a person declared', () => {
  it.each([ISSUER, 'https://partner.example/'])('%s may be asked for keys', (issuer) => {
    expect(known().isShownAsServer(issuer)).toBe(true);
    expect(known().isShownAsServer(`${issuer}x`)).toBe(false);
  });

  it('without https is asked on loopback only', () => {
    const knowledge = known({
      trustedIssuers: ['http://login.example', 'http://localhost:9000', 'my-backend'],
    });
    expect(knowledge.isShownAsServer('http://login.example')).toBe(false);
    expect(knowledge.isShownAsServer('my-backend')).toBe(false);
    expect(knowledge.isShownAsServer('http://localhost:9000')).toBe(true);
  });

  it('is an authorization server at its origin, below its path', () => {
    expect(known().issuersAt('https://login.example')).toMatchObject([{ issuer: ISSUER }]);
  });

  it.each([
    ['https://partner.example/', 'trusted'],
    ['https://partner.example', 'nearly'],
    ['https://partner.example//', 'untrusted'],
    ['https://accounts.google.com', 'trusted'],
    ['accounts.google.com', 'trusted'],
    ['https://login.example', 'untrusted'],
    ['', 'untrusted'],
  ])('trust in "%s": %s', (issuer, trust) => {
    expect(known().declared.trustIn(issuer)).toBe(trust);
  });

  it('nothing is said of issuers where none was declared as trusted', () => {
    expect(known({ trustedIssuers: [] }).declared.trustIn(ISSUER)).toBe('undeclared');
  });
});

describe('declaring', () => {
  it('takes the place of what was declared before', () => {
    const knowledge = known();
    knowledge.declare(NO_CONFIGURATION, 0);
    expect(knowledge.isClientOf('shop-spa', ISSUER)).toBe(false);
    expect(knowledge.isShownAsServer(ISSUER)).toBe(false);
    expect(knowledge.declared.resourceAt('https://api.shop.example', '/')).toBeNull();
  });

  it('is told in a report as learned from the configuration', () => {
    const lessons = new Declared(CONFIGURATION, 0).lessons();
    expect(lessons).toHaveLength(3);
    expect(lessons[0]).toMatchObject({ learned: 'client', issuer: ISSUER, learnedFrom: 'configuration' });
    expect(lessons[1]).toMatchObject({ learned: 'resource', host: '*.shop.example', audience: 'shop-api' });
  });
});
