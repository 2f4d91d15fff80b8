import { describe, expect, it } from 'vitest';
import { EXPORT_FORMATS, fileNameOf } from '../../src/sessions/formats.ts';

describe('the export menu', () => {
  it('has each format once', () => {
    expect(new Set(EXPORT_FORMATS.map(({ id }) => id)).size).toBe(EXPORT_FORMATS.length);
    expect(new Set(EXPORT_FORMATS.map(({ extension }) => extension)).size).toBe(EXPORT_FORMATS.length);
  });

  it.each([
    ['Sign-in walk', 'Sign-in walk.har'],
    ['../../etc/passwd', 'etc-passwd.har'],
    ['a\u202egpj.exe', 'a-gpj.exe.har'],
    ['Müller & Söhne: 10/12', 'Müller - Söhne- 10-12.har'],
    ['', 'session.har'],
    ['...', 'session.har'],
    ['x'.repeat(500), `${'x'.repeat(80)}.har`],
  ])('names the file of %j', (name, file) => {
    expect(fileNameOf(name, '.har')).toBe(file);
  });
});
