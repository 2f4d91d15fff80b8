import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { layoutMap } from '../../../src/panel/map/layout.ts';
import { mapSvg } from '../../../src/panel/map/svg.ts';
import { appMap, flow, party } from '../../fixtures/map.ts';

const WORDS = {
  title: 'Map',
  name: ({ party: one }: { readonly party: { readonly name: string } | null }) => one?.name ?? 'more',
  role: () => 'API',
  line: ({ kind, count }: { readonly kind: string | null; readonly count: number }) => `${kind} × ${count}`,
  more: (lines: number) => `and ${lines} more`,
};

function svgOf(name: string, verdict: 'error' | 'passed' = 'passed'): string {
  const map = appMap(
    [party('client', 'app'), party('api', name)],
    [flow('client:app', `api:${name}`, { kind: 'id_token', verdict })],
  );
  return mapSvg(layoutMap(map, 900), WORDS);
}

describe('mapSvg', () => {
  it('has the parties and what flows between them, and marks the bad by more than colour', () => {
    const svg = svgOf('api.test', 'error');
    expect(svg).toContain('>api.test</text>');
    expect(svg).toContain('✕ id_token × 1');
    expect(svg).toContain('<title>Map</title>');
  });

  it('escapes what comes from the network', () => {
    const svg = svgOf('"><script>alert(1)</script>&\u202e\ufffe');
    expect(svg).not.toContain('<script');
    expect(svg).toContain('&quot;&gt;&lt;script&gt;');
    expect(svg).not.toContain('\u202e');
    expect(svg).not.toContain('\ufffe');
  });

  it('is made of shapes and text alone, whatever the names', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 100 }), (name) => {
        const svg = svgOf(name);
        const tags = [...svg.matchAll(/<\/?([a-z]+)/g)].map(([, tag]) => tag);
        expect(new Set(tags)).toEqual(
          new Set(['svg', 'title', 'defs', 'marker', 'path', 'rect', 'g', 'text']),
        );
        expect(svg).not.toMatch(/\son\w+=|href|<!|&(?!amp;|lt;|gt;|quot;|#39;)/i);
        // XML 1.0 has no such characters, not even escaped.
        // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there.
        expect(svg).not.toMatch(/[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/);
      }),
      { numRuns: 200 },
    );
  });
});
