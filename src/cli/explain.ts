import type { RuleMetadata } from '../core/model/finding.ts';
import { InputError } from './arguments.ts';
import { nearest } from './nearest.ts';

/**
 * @param name a rule's id; null for the list of all
 * @returns text for people
 * @throws InputError for a rule that there is not
 */
export function explain(name: string | null, rules: readonly RuleMetadata[]): string {
  if (name === null) {
    const width = Math.max(...rules.map(({ id }) => id.length));
    return rules
      .map(({ id, severity, title }) => `${id.padEnd(width)}  ${severity.padEnd(7)}  ${title}\n`)
      .join('');
  }
  const rule = rules.find(({ id }) => id === name);
  if (rule === undefined) {
    const ids = rules.map(({ id }) => id);
    throw new InputError(`there is no rule "${name}"${nearest(name, ids)} (aud-it explain lists all)`);
  }
  const see = rule.references.map(({ title, url }) => `See  ${title}: ${url}\n`).join('');
  return `${rule.id} (${rule.severity})\n${rule.title}\n\nWhy  ${rule.why}\nFix  ${rule.fix}\n${see}`;
}
