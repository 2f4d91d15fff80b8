import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fingerprint } from '../../../src/core/syntax/fingerprint.ts';

describe('fingerprint', () => {
  it('is the SHA-256 of the token in base64url, for any text', () => {
    fc.assert(
      fc.property(fc.string(), (raw) => {
        expect(fingerprint(raw)).toBe(createHash('sha256').update(raw, 'utf8').digest('base64url'));
      }),
    );
  });

  it('does not throw on what is no text at all', () => {
    expect(fingerprint('\ud800')).toMatch(/^[\w-]{43}$/);
  });
});
