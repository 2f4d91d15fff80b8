import { describe, expect, it } from 'vitest';
import { decode } from '../../../src/core/decode/decode.ts';
import { acceptedByDesign } from '../../../src/core/judge/accepted-by-design.ts';
import { jwt } from '../../fixtures/jwt.ts';

const vendorOf = (iss: string | number) =>
  acceptedByDesign(decode(jwt({ alg: 'RS256' }, { iss }), 'f'))?.vendor ?? null;

describe('acceptedByDesign', () => {
  it.each([
    ['https://securetoken.google.com/my-project', 'Firebase'],
    ['https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_abc', 'Amazon Cognito'],
  ])('%s: %s documents it, and is cited', (iss, vendor) => {
    const sanction = acceptedByDesign(decode(jwt({ alg: 'RS256' }, { iss }), 'f'));
    expect(sanction?.vendor).toBe(vendor);
    expect(sanction?.text).toMatch(/https:\/\//);
  });

  it.each([
    'https://login.example',
    'https://securetoken.google.com.evil.example/p',
    'http://securetoken.google.com/p',
    'https://cognito-idp.evil.example/x.amazonaws.com/',
    'https://cognito-idp.a.b.amazonaws.com/x',
    'https://accounts.google.com',
  ])('%s has no such word of a vendor', (iss) => {
    expect(vendorOf(iss)).toBeNull();
  });

  it('an issuer that is no text, or a token that can’t be read, has none', () => {
    expect(vendorOf(7)).toBeNull();
    expect(acceptedByDesign(decode('opaque', 'f'))).toBeNull();
  });
});
