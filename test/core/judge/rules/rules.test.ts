import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ALL_RULES as RULES, RULES as TOKEN_RULES } from '../../../../src/core/judge/rules/index.ts';
import type { RuleMetadata } from '../../../../src/core/model/finding.ts';
import { TOKEN_KINDS } from '../../../../src/core/model/token.ts';
import { judged, type Told } from '../../../fixtures/case.ts';

const modules = import.meta.glob<Record<string, RuleMetadata>>('../../../../src/core/judge/rules/*.ts', {
  eager: true,
});
const files = Object.keys(modules)
  .map((path) => path.replace(/^.*\/|\.ts$/g, ''))
  .filter((file) => file !== 'index');
const tests = readdirSync(import.meta.dirname);

describe('every rule', () => {
  it('is registered once, and only rules are', () => {
    expect(RULES.map(({ id }) => id).sort()).toEqual([...files].sort());
  });

  it.each(files)('%s: file, id and export have one name, and it has a test', (file) => {
    const exported = modules[`../../../../src/core/judge/rules/${file}.ts`] ?? {};
    const camelCase = file.replace(/-(\w)/g, (_dash, letter: string) => letter.toUpperCase());
    expect(Object.keys(exported)).toEqual([camelCase]);
    expect(exported[camelCase]?.id).toBe(file);
    expect(RULES).toContain(exported[camelCase]);
    expect(tests).toContain(`${file}.test.ts`);
  });

  it('has a test of its own only where there is a rule', () => {
    expect(
      tests
        .filter((test) => test !== 'rules.test.ts')
        .map((test) => test.replace('.test.ts', ''))
        .sort(),
    ).toEqual([...files].sort());
  });

  it.each(RULES)('$id: its metadata is complete', ({ id, severity, title, why, fix, references }) => {
    expect(id).toMatch(/^[a-z]+(?:-[a-z]+)+$/);
    expect(['error', 'warning', 'notice']).toContain(severity);
    expect(title).toMatch(/^[A-Z].*[^.!?\s]$/);
    expect(why).toMatch(/^[A-Z].{40,}\.$/s);
    expect(fix).toMatch(/^[A-Z].{40,}\.$/s);
    expect(references.length).toBeGreaterThan(0);
    for (const { title: source, url } of references) {
      expect(source).toMatch(/ §\d+(?:\.\d+)*$/);
      expect(new URL(url).protocol).toBe('https:');
      expect(new URL(url).hash).not.toBe('');
    }
  });

  it.each(RULES)('$id: its words are plain text, as the panel shows them', ({ title, why, fix }) => {
    for (const text of [title, why, fix]) expect(text).not.toMatch(/`|\*\*|\]\(/);
  });

  it.each(RULES)('$id: no two references lead to one place', ({ references }) => {
    expect(new Set(references.map(({ url }) => url)).size).toBe(references.length);
  });

  it.each(TOKEN_RULES)('$id: never quotes the name of a token that has none', (rule) => {
    const check = { outcome: 'failed', text: 'No.' } as const;
    const states: readonly Told[] = [
      {},
      { isConfidential: false },
      { signature: { status: 'unsecured' } },
      { claims: { nbf: 9_999_999_999 }, checks: [{ id: 'nbf', ...check }] },
      { audience: { outcome: 'cannot_tell', certain: false, text: 'No.' }, path: '/login', role: 'client' },
      { role: 'third_party' },
    ];
    const said = TOKEN_KINDS.flatMap((kind) =>
      (['path', 'query', 'text_body', 'json_body', 'websocket_message'] as const).flatMap((location) =>
        (['certain', 'weak'] as const).flatMap((confidence) =>
          states.map((state) => judged(rule, { ...state, kind, location, confidence, name: '' })),
        ),
      ),
    );
    expect(said.filter((verdict) => JSON.stringify(verdict).includes('\\"\\"'))).toEqual([]);
  });
});
