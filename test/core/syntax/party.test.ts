import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isOneParty } from '../../../src/core/syntax/party.ts';

describe('isOneParty', () => {
  it.each([
    ['shop.example', 'shop.example', 'yes'],
    ['www.googleapis.com', 'youtube.com', 'yes'],
    ['microsoft.com', 'office365.com', 'yes'],
    ['shop.example', 'shop.test', 'perhaps'],
    ['shop.example', 'shop-api.test', 'perhaps'],
    ['a.vercel.app', 'b.vercel.app', 'perhaps'],
    ['shop.example', 'localhost', 'perhaps'],
    ['shop.example', '192.0.2.1', 'perhaps'],
    ['127.0.0.1', 'localhost', 'perhaps'],
    ['shop.example', 'tracker.test', 'no'],
    ['shop.localhost', 'tracker.localhost', 'no'],
    ['microsoft.com', 'google.com', 'no'],
    // What merely ends like a vendor's name is a stranger's.
    ['evilgoogle.com', 'googleapis.com', 'no'],
    ['evil-hub.test', 'github.com', 'no'],
    // A short name stands in many longer ones.
    ['api.test', 'rapid.example', 'no'],
  ] as const)('%s and %s: %s', (site, other, expected) => {
    expect(isOneParty(site, other)).toBe(expected);
    expect(isOneParty(other, site)).toBe(expected);
  });

  it('never throws', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (site, other) => {
        expect(['yes', 'perhaps', 'no']).toContain(isOneParty(site, other));
      }),
    );
  });
});
