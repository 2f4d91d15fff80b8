import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { locate } from '../../../src/core/learn/locate.ts';

const located = (audience: string, url: string) => locate([audience], url, 'w1').length === 1;

describe('locate', () => {
  it.each([
    ['https://api.example', 'https://api.example/things?q=1'],
    ['https://api.example/', 'https://api.example/'],
    ['https://api.example/v1', 'https://api.example/v1/things'],
    ['https://api.example/v1/', 'https://api.example/v1'],
    ['https://API.example', 'https://api.example/'],
    ['http://localhost:3000', 'http://localhost:3000/a'],
  ])('%s is at %s', (audience, url) => {
    expect(located(audience, url)).toBe(true);
  });

  it.each([
    ['https://api.example/v1', 'https://api.example/v10'],
    ['https://api.example/v1', 'https://api.example/'],
    ['https://api.example', 'https://api.example.evil.example/'],
    ['https://api.example', 'https://api.example:8443/'],
    ['api://api.example', 'https://api.example/'],
    ['api.example', 'https://api.example/'],
    ['https://api.example', 'nowhere'],
  ])('%s is not at %s', (audience, url) => {
    expect(located(audience, url)).toBe(false);
  });

  it('never throws', () => {
    fc.assert(
      fc.property(
        fc.string(),
        fc.oneof(fc.webUrl({ size: '-1' }), fc.string()),
        (a, b) => void locate([a], b, 'w1'),
      ),
    );
  });
});
