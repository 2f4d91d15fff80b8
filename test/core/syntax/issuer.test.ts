import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareIssuers, issuerUrl, tenantIn } from '../../../src/core/syntax/issuer.ts';

const TEMPLATE = 'https://login.microsoftonline.com/{tenantid}/v2.0';
const TENANT = '72f988bf-86f1-41af-91ab-2d7cd011db47';
const ISSUER = `https://login.microsoftonline.com/${TENANT}/v2.0`;

describe('where an issuer publishes', () => {
  it.each([
    ['https://as.example', 'https://as.example/'],
    ['https://as.example/t/', 'https://as.example/t/'],
    ['http://localhost:9000', 'http://localhost:9000/'],
    ['http://[::1]:9000/a', 'http://[::1]:9000/a'],
    ['accounts.google.com', 'https://accounts.google.com/'],
  ])('%s', (issuer, href) => {
    expect(issuerUrl(issuer)?.href).toBe(href);
  });

  it.each([
    'http://as.example',
    'https://as.example?a',
    'https://as.example#a',
    'https://ada@as.example',
    'https://as.example:x',
    'accounts.google.com.evil.example',
    'file:///etc/passwd',
    'javascript:1',
    '',
  ])('"%s" is no such place', (issuer) => {
    expect(issuerUrl(issuer)).toBeNull();
  });
});

describe('the tenant that a template leaves open', () => {
  it.each([
    [ISSUER, TEMPLATE, TENANT],
    ['https://as.example/a/', 'https://as.example/{tenantid}/', 'a'],
    ['https://as.example/t/contoso.example', 'https://as.example/t/{tenantid}', 'contoso.example'],
    ['http://127.0.0.1:9000/a/v2.0', 'http://127.0.0.1:9000/{tenantid}/v2.0', 'a'],
  ])('%s is one of %s', (issuer, template, tenant) => {
    expect(tenantIn(issuer, template)).toBe(tenant);
  });

  it.each([
    ['no template at all', ISSUER, ISSUER],
    ['two places left open', ISSUER, 'https://login.microsoftonline.com/{tenantid}/{tenantid}'],
    ['an origin that is left open', 'https://evil.example/v2.0', 'https://{tenantid}/v2.0'],
    ['a label of the host', 'https://evil.as.example/', 'https://{tenantid}.as.example/'],
    ['half a segment', 'https://as.example/t-a/v2.0', 'https://as.example/t-{tenantid}/v2.0'],
    ['half a segment, behind', 'https://as.example/a-t', 'https://as.example/{tenantid}-t'],
    ['two segments for one', 'https://as.example/a/b/v2.0', 'https://as.example/{tenantid}/v2.0'],
    ['an empty tenant', 'https://as.example//v2.0', 'https://as.example/{tenantid}/v2.0'],
    ['a way up', 'https://as.example/../v2.0', 'https://as.example/{tenantid}/v2.0'],
    ['what URLs make of a tenant', 'https://as.example/a?/v2.0', 'https://as.example/{tenantid}/v2.0'],
    ['an escape', 'https://as.example/%2e%2e/v2.0', 'https://as.example/{tenantid}/v2.0'],
    ['another path', 'https://as.example/a/v1.0', 'https://as.example/{tenantid}/v2.0'],
    ['another scheme', 'http://as.example/a/v2.0', 'https://as.example/{tenantid}/v2.0'],
    ['a tenant longer than any', `https://as.example/${'a'.repeat(257)}/`, 'https://as.example/{tenantid}/'],
    ['the template itself', TEMPLATE, TEMPLATE],
  ])('%s is none', (_what, issuer, template) => {
    expect(tenantIn(issuer, template)).toBeNull();
  });

  it('never reaches beyond the template’s own origin and path', () => {
    const tenant = fc.string({ maxLength: 40, unit: fc.constantFrom(...'ab./\\?#@:%{}- é') });
    fc.assert(
      fc.property(tenant, (text) => {
        const found = tenantIn(`https://as.example/${text}/v2.0`, 'https://as.example/{tenantid}/v2.0');
        fc.pre(found !== null);
        const { origin, pathname } = new URL(`https://as.example/${found}/v2.0`);
        expect([origin, pathname]).toEqual(['https://as.example', `/${found}/v2.0`]);
      }),
    );
  });
});

describe('a token’s issuer beside the one that is published', () => {
  it.each([
    ['to the letter', { iss: 'https://as.example' }, 'https://as.example', 'same'],
    ['without Google’s scheme', { iss: 'accounts.google.com' }, 'https://accounts.google.com', 'same'],
    ['without another’s scheme', { iss: 'as.example' }, 'https://as.example', 'other'],
    ['a slash more', { iss: 'https://as.example/' }, 'https://as.example', 'slash'],
    ['a slash less', { iss: 'https://as.example' }, 'https://as.example/', 'slash'],
    ['other letters’ case', { iss: 'https://AS.example' }, 'https://as.example', 'other'],
    ['none', {}, 'https://as.example', 'other'],
    ['no text', { iss: 7 }, 'https://as.example', 'other'],
    ['a tenant, as its token says', { iss: ISSUER, tid: TENANT }, TEMPLATE, 'same'],
    ['a tenant, and its token does not say', { iss: ISSUER }, TEMPLATE, 'same'],
    ['a tenant, and its token says another', { iss: ISSUER, tid: 'other' }, TEMPLATE, 'other'],
    ['a tenant of elsewhere', { iss: `https://evil.example/${TENANT}/v2.0` }, TEMPLATE, 'other'],
    ['the template', { iss: TEMPLATE }, TEMPLATE, 'same'],
  ])('%s', (_what, claims, published, comparison) => {
    expect(compareIssuers(claims, published)).toBe(comparison);
  });
});
