import { t } from '../text.ts';
import type { ComparedFinding, Comparison } from './compare-reports.ts';
import { cell, code, tableHead, prose as text } from './markdown.ts';
import { printable, printableJson } from './printable.ts';
import { moreWords, recordedWords, SEVERITY_WORDS } from './report-words.ts';

/** Problems of one sort that are listed for people; the rest is counted. */
const MAX_LISTED = 200;

const CHANGES: readonly ComparedFinding['change'][] = ['new', 'still', 'fixed'];

const TITLES: Readonly<Record<ComparedFinding['change'], string>> = {
  ...{ new: t`New, or worse`, still: t`Still there`, fixed: t`Fixed, or not seen again` },
};

/** "1 new, 2 still there, 3 fixed." */
export function comparisonSentence({ findings }: Comparison): string {
  const count = (change: ComparedFinding['change']) =>
    findings.filter((finding) => finding.change === change).length;
  return t`${count('new')} new, ${count('still')} still there, ${count('fixed')} fixed.`;
}

/** Writes a comparison for people in a terminal, as `textReport` does. */
export function comparisonText(comparison: Comparison, { colour }: { readonly colour: boolean }): string {
  const bold = (words: string) => (colour ? `\u001b[1m${words}\u001b[0m` : words);
  const { before, after } = comparison;
  const sections = CHANGES.flatMap((change) => {
    const all = comparison.findings.filter((finding) => finding.change === change);
    if (all.length === 0) return [];
    const shown = all.slice(0, MAX_LISTED);
    const more = all.length - shown.length;
    const lines = shown.flatMap(({ identity, title, before: then, after: now, ...finding }) => [
      printable(
        `  ${word(finding)}  ${identity.ruleId}  ${identity.method} ${identity.endpoint}  ${then} → ${now}`,
      ),
      printable(`      ${title}`),
    ]);
    return [[bold(TITLES[change]), ...lines, ...(more > 0 ? [`  ${moreWords(more)}`] : [])].join('\n')];
  });
  const told = [before, after].map(({ name, startedAt, exchanges, withToken }) =>
    printable(`${name}: ${recordedWords({ exchanges, withToken }, startedAt)}`),
  );
  return `${[told.join('\n'), ...sections, bold(comparisonSentence(comparison))].join('\n\n')}\n`;
}

/** Writes a comparison for merge requests. */
export function comparisonMarkdown(comparison: Comparison): string {
  const { before, after } = comparison;
  const sections = CHANGES.flatMap((change) => {
    const all = comparison.findings.filter((finding) => finding.change === change);
    if (all.length === 0) return [];
    const shown = all.slice(0, MAX_LISTED);
    const more = all.length - shown.length;
    const rows = shown.map(
      ({ identity, title, before: then, after: now, ...finding }) =>
        `| ${word(finding)} | ${cell(code(identity.ruleId))} | ${cell(code(`${identity.method} ${identity.endpoint}`))} | ${cell(text(title))} | ${then} → ${now} |`,
    );
    return [
      `## ${text(TITLES[change])}\n\n${tableHead([t`severity`, t`rule`, t`endpoint`, t`title`, t`requests`])}\n${rows.join('\n')}${more > 0 ? `\n\n${text(moreWords(more))}` : ''}`,
    ];
  });
  const head = `# Aud-it: ${text(before.name)} → ${text(after.name)}\n\n**${text(comparisonSentence(comparison))}**`;
  return `${[head, ...sections].join('\n\n')}\n`;
}

/** Writes a comparison for programs. */
export function comparisonJson(comparison: Comparison): string {
  return `${printableJson(JSON.stringify({ schemaVersion: '1.0', ...comparison }, null, 2))}\n`;
}

function word({ outcome, severity }: Pick<ComparedFinding, 'outcome' | 'severity'>): string {
  return outcome === 'cantTell' ? t`can't tell` : SEVERITY_WORDS[severity];
}
