import type { Configuration, ConfigurationProblem } from '../core/model/configuration.ts';
import type { Severity } from '../core/model/finding.ts';
import { t } from '../core/text.ts';

/** A configuration as the form holds it: what was typed, right or not. Lists are texts, a line for each. */
export interface Draft {
  readonly clients: readonly ClientDraft[];
  readonly resources: readonly ResourceDraft[];
  readonly trustedIssuers: string;
  readonly severities: Readonly<Record<string, Severity | 'off'>>;
  readonly acceptedByDesign: readonly AcceptedDraft[];
  readonly strict: boolean;
}

/** What tells an entry of the form from others, however often they are moved. */
interface Entry {
  readonly key: number;
}

export interface ClientDraft extends Entry {
  readonly clientId: string;
  readonly issuer: string;
  readonly origins: string;
}

export interface ResourceDraft extends Entry {
  readonly host: string;
  readonly audiences: string;
}

export interface AcceptedDraft extends Entry {
  readonly rules: readonly string[];
  readonly issuer: string;
  readonly client: string;
  readonly host: string;
  readonly kind: string;
  readonly reason: string;
  readonly until: string;
}

let keys = 0;

export const newClient = (): ClientDraft => ({ key: ++keys, clientId: '', issuer: '', origins: '' });
export const newResource = (): ResourceDraft => ({ key: ++keys, host: '', audiences: '' });
export const newAccepted = (): AcceptedDraft => ({
  ...{ key: ++keys, rules: [], issuer: '', client: '', host: '', kind: '', reason: '', until: '' },
});

export function draftOf(configuration: Configuration): Draft {
  return {
    clients: configuration.clients.map(({ clientId, issuer, origins }) => ({
      ...{ key: ++keys, clientId, issuer, origins: origins.join('\n') },
    })),
    resources: configuration.resources.map(({ host, audiences }) => ({
      ...{ key: ++keys, host, audiences: audiences.join('\n') },
    })),
    trustedIssuers: configuration.trustedIssuers.join('\n'),
    severities: configuration.severities,
    acceptedByDesign: configuration.acceptedByDesign.map((use) => ({ ...newAccepted(), ...use })),
    strict: configuration.strict,
  };
}

/** The draft as the file would have it; what is empty is left out. It may be wrong: that is checked as a file is. */
export function fileOf(draft: Draft): unknown {
  return {
    clients: draft.clients.map(({ clientId, issuer, origins }) => ({
      ...said({ clientId, issuer }),
      origins: linesOf(origins),
    })),
    resources: draft.resources.map(({ host, audiences }) => ({
      ...said({ host }),
      audiences: linesOf(audiences),
    })),
    trustedIssuers: linesOf(draft.trustedIssuers),
    severities: draft.severities,
    acceptedByDesign: draft.acceptedByDesign.map(({ key: _key, rules, ...rest }) => ({
      ...{ rules, ...said(rest) },
    })),
    strict: draft.strict,
  };
}

/** True for drafts that say the same, in whatever order the severities were chosen or stored. */
export function isSame(a: Draft, b: Draft): boolean {
  return textOf(a) === textOf(b);
}

function textOf(draft: Draft): string {
  const severities = Object.entries(draft.severities).sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify([severities, fileOf({ ...draft, severities: {} })]);
}

function said(fields: Readonly<Record<string, string>>): Record<string, string> {
  const trimmed = Object.entries(fields).map(([name, text]) => [name, text.trim()] as const);
  return Object.fromEntries(trimmed.filter(([, text]) => text !== ''));
}

function linesOf(text: string): readonly string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

/** What is wrong with one field, in a sentence: of a list, the first line that is. null where nothing is. */
export function problemAt(problems: readonly ConfigurationProblem[], path: string): string | null {
  const exact = problems.find((problem) => problem.path === path);
  if (exact !== undefined) return sentence(exact.text);
  const inside = problems.find((problem) => problem.path.startsWith(`${path}[`));
  const line = inside === undefined ? null : /^\[(\d+)\]$/.exec(inside.path.slice(path.length))?.[1];
  return inside === undefined || line == null ? null : t`Line ${Number(line) + 1}: ${inside.text}`;
}

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
