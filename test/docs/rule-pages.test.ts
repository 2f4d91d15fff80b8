import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { ALL_RULES } from '../../src/core/judge/rules/index.ts';
import type { RuleMetadata } from '../../src/core/model/finding.ts';

/** A rule's page, from its metadata: what people read in the panel and in the documentation is one text. */
function pageOf({ id, severity, title, why, fix, references }: RuleMetadata): string {
  return [
    '<!-- Written from the metadata of the rule beside it: see CONTRIBUTING.md. -->',
    `# ${id}`,
    `**${title}** (${severity})`,
    '## Why it matters',
    why,
    '## How to fix it',
    fix,
    '## References',
    references.map((reference) => `- [${reference.title}](${reference.url})`).join('\n'),
    '',
  ]
    .join('\n\n')
    .replace(/\n+$/, '\n');
}

describe('the rules’ pages', () => {
  it.each(ALL_RULES)('$id has a page that says what the rule says', async (rule) => {
    await expect(pageOf(rule)).toMatchFileSnapshot(`../../src/core/judge/rules/${rule.id}.md`);
  });

  it('the README lists every rule with its severity', async () => {
    const readme = await readFile(new URL('../../README.md', import.meta.url), 'utf8');
    for (const { id, severity } of ALL_RULES) {
      expect(readme).toContain(`| [${id}](src/core/judge/rules/${id}.md) | ${severity} |`);
    }
  });
});
