import { describe, expect, it } from 'vitest';
import { decode } from '../../../src/core/decode/decode.ts';
import { acceptedByDesign } from '../../../src/core/judge/accepted-by-design.ts';
import type { JsonObject } from '../../../src/core/model/json.ts';
import { jwt } from '../../fixtures/jwt.ts';

const vendorOf = (iss: string | number, more: JsonObject = {}, path = '/orders') =>
  acceptedByDesign(decode(jwt({ alg: 'RS256' }, { iss, ...more }), 'f'), path)?.vendor ?? null;

describe('acceptedByDesign', () => {
  it.each([
    ['https://securetoken.google.com/my-project', 'Firebase'],
    ['https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_abc', 'Amazon Cognito'],
  ])('%s: %s documents it, and is cited', (iss, vendor) => {
    const sanction = acceptedByDesign(decode(jwt({ alg: 'RS256' }, { iss }), 'f'), '/orders');
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
    expect(acceptedByDesign(decode('opaque', 'f'), '/orders')).toBeNull();
  });

  it.each([
    ['/api/v1/namespaces', 'Kubernetes'],
    ['/api/v1/namespaces/shop/pods', 'Kubernetes'],
    ['/clusters/main/api/v1/nodes', 'Kubernetes'],
    ['/apis/apps/v1/deployments', 'Kubernetes'],
    ['/apis/authorization.k8s.io/v1/selfsubjectaccessreviews', 'Kubernetes'],
    ['/api/v1/orders', null],
    ['/api/v1/namespaces-of-mine', null],
    ['/apis/shop/v1/orders', null],
    ['/apis/evil-k8s.io.example/v1/x', null],
  ])('the API of Kubernetes is told by its paths: %s', (path, vendor) => {
    expect(vendorOf('https://dex.example', {}, path)).toBe(vendor);
  });

  it('Google’s ID tokens for the client of a backend are for that backend, others are not', () => {
    const google = 'https://accounts.google.com';
    const [app, backend] = ['1-app.apps.googleusercontent.com', '1-back.apps.googleusercontent.com'];
    expect(vendorOf(google, { aud: backend, azp: app })).toBe('Google');
    expect(vendorOf(google, { aud: app, azp: app })).toBeNull();
    expect(vendorOf(google, { aud: app })).toBeNull();
    expect(vendorOf('https://login.example', { aud: backend, azp: app })).toBeNull();
  });
});
