import { describe, expect, it } from 'vitest';
import { Knowledge } from '../../../src/core/learn/knowledge.ts';
import type { ClientLesson, MetadataLesson, ProvenanceLesson } from '../../../src/core/model/knowledge.ts';

const client = (told: Partial<ClientLesson> = {}): ClientLesson => ({
  learned: 'client',
  clientId: 'spa',
  serverOrigin: 'https://as.example',
  origins: ['https://app.example'],
  learnedFrom: 'w1',
  ...told,
});

const metadata = (issuer: string, ...urls: readonly string[]): MetadataLesson => ({
  learned: 'metadata',
  metadata: {
    issuer,
    jwksUri: null,
    endpoints: urls.map((url) => ({ role: 'authorization_endpoint', url })),
  },
  learnedFrom: 'w1',
});

const provenance = (told: Partial<ProvenanceLesson> = {}): ProvenanceLesson => ({
  ...{ learned: 'provenance', token: 't', issuedAs: 'id_token', issuedIn: 'w1', at: 0 },
  ...{ endpoint: 'https://as.example/token', clientId: null, resources: [], scope: [] },
  ...told,
});

describe('a lesson', () => {
  it('names what it changes the first time, and nothing the second', () => {
    const known = new Knowledge();
    expect(known.add(client())).toEqual(['audience:spa', 'host:app.example']);
    expect(known.add(client({ learnedFrom: 'w2' }))).toEqual([]);
  });

  it('comes in any order: restored, all is known as before', () => {
    const first = new Knowledge();
    for (const lesson of [client(), metadata('https://as.example'), provenance()]) first.add(lesson);
    const second = new Knowledge();
    for (const [, lesson] of [...first.lessons()].reverse()) second.add(lesson);
    expect(second.isClientOf('spa', 'https://as.example')).toBe(true);
    expect(second.provenance('t')).toMatchObject({ issuedAs: 'id_token' });
  });

  it('about where a token was issued holds: a later one, perhaps a hostile page’s, does not replace it', () => {
    const known = new Knowledge();
    known.add(provenance());
    expect(known.add(provenance({ issuedAs: 'access_token', issuedIn: 'w2' }))).toEqual([]);
    expect(known.provenance('t')).toMatchObject({ issuedAs: 'id_token', issuedIn: 'w1' });
  });

  it('is not taken beyond 20,000 of them', () => {
    const known = new Knowledge();
    for (let at = 0; at < 20_010; at++) known.add(client({ clientId: `c${at}` }));
    expect([...known.lessons()]).toHaveLength(20_000);
    expect(known.client('c20005')).toBeNull();
  });
});

describe('a client', () => {
  it('is one of the issuer at whose origin it was seen', () => {
    const known = new Knowledge();
    known.add(client());
    expect(known.isClientOf('spa', 'https://as.example/tenant')).toBe(true);
    expect(known.isClientOf('spa', 'https://other.example')).toBe(false);
    expect(known.isClientOf('spa', null)).toBe(false);
    expect(known.isClientOf('other', 'https://as.example')).toBe(false);
  });

  it('is one of an issuer whose metadata names an endpoint at that origin (Cognito)', () => {
    const known = new Knowledge();
    const issuer = 'https://cognito-idp.example/pool';
    known.add(client({ serverOrigin: 'https://login.example' }));
    expect(known.isClientOf('spa', issuer)).toBe(false);
    known.add(metadata(issuer, 'https://login.example/authorize'));
    expect(known.isClientOf('spa', issuer)).toBe(true);
  });

  it('of Google’s is known though the issuer has no scheme', () => {
    const known = new Knowledge();
    known.add(client({ serverOrigin: 'https://accounts.google.com' }));
    expect(known.isClientOf('spa', 'accounts.google.com')).toBe(true);
  });

  it('is merged from all that was seen of it', () => {
    const known = new Knowledge();
    known.add(client());
    known.add(client({ origins: ['https://admin.example'], serverOrigin: 'https://as2.example' }));
    expect([...(known.client('spa')?.origins ?? [])]).toEqual([
      'https://app.example',
      'https://admin.example',
    ]);
    expect(known.isClientOf('spa', 'https://as.example')).toBe(true);
    expect(known.isClientOf('spa', 'https://as2.example')).toBe(true);
  });

  it('named as what objects inherit is none', () => {
    expect(new Knowledge().client('constructor')).toBeNull();
    expect(new Knowledge().isClientOf('__proto__', 'https://as.example')).toBe(false);
  });
});

describe('an issuer', () => {
  it('may be asked for keys only where the traffic shows it as a server', () => {
    const known = new Knowledge();
    expect(known.isShownAsServer('https://as.example')).toBe(false);
    known.add({
      learned: 'endpoint',
      role: 'token_endpoint',
      url: 'https://as.example/token',
      learnedFrom: 'w1',
    });
    expect(known.isShownAsServer('https://as.example/tenant')).toBe(true);
    expect(known.isShownAsServer('https://as.example.evil.example')).toBe(false);
  });

  it('without https may be asked on loopback only', () => {
    const known = new Knowledge();
    for (const origin of ['http://as.example', 'http://localhost:9000']) {
      known.add({ learned: 'endpoint', role: 'token_endpoint', url: `${origin}/token`, learnedFrom: 'w1' });
    }
    expect(known.isShownAsServer('http://as.example')).toBe(false);
    expect(known.isShownAsServer('http://localhost:9000')).toBe(true);
  });

  it.each(['javascript:alert(1)', 'file:///etc/passwd', 'spa', ''])('"%s" may never be asked', (issuer) => {
    const known = new Knowledge();
    known.add(client());
    expect(known.isShownAsServer(issuer)).toBe(false);
  });

  it('a UserInfo Endpoint alone makes no server', () => {
    const known = new Knowledge();
    known.add({
      learned: 'endpoint',
      role: 'userinfo_endpoint',
      url: 'https://api.example/me',
      learnedFrom: 'w1',
    });
    expect(known.isServerOrigin('https://api.example')).toBe(false);
  });
});

describe('a resource', () => {
  it('that was asked for is at the host that it names, one that was called is located', () => {
    const known = new Knowledge();
    const common = { learned: 'resource', audience: 'https://api.example', learnedFrom: 'w1' } as const;
    known.add({ ...common, shownBy: 'resource_parameter', host: 'api.example' });
    expect(known.isAskedFor('https://api.example')).toBe(true);
    expect(known.isLocated('https://api.example')).toBe(false);
    known.add({ ...common, shownBy: 'request', host: 'api.example' });
    expect(known.isLocated('https://api.example')).toBe(true);
    expect(known.audiencesOf('api.example')).toEqual(['https://api.example']);
  });

  it('that was asked for by a vendor’s "audience" is a name', () => {
    const known = new Knowledge();
    const common = { learned: 'resource', audience: 'https://api.example', learnedFrom: 'w1' } as const;
    known.add({ ...common, shownBy: 'resource_parameter', host: 'api.example' });
    expect(known.isNamed('https://api.example')).toBe(false);
    expect(known.add({ ...common, shownBy: 'audience_parameter', host: null })).toEqual([
      'audience:https://api.example',
    ]);
    expect(known.isNamed('https://api.example')).toBe(true);
  });

  it('without a host says nothing of any', () => {
    const known = new Knowledge();
    const lesson = {
      learned: 'resource',
      audience: 'urn:api',
      shownBy: 'audience_parameter',
      host: null,
    } as const;
    expect(known.add({ ...lesson, learnedFrom: 'w1' })).toEqual(['audience:urn:api']);
    expect(known.audiencesOf('')).toEqual([]);
  });
});
