/**
 * The report as a schema: what is read from an exported session, a baseline or a shard's file, and, part by part, from
 * the disk. An older version may have written it, or somebody by hand. What it does not define is left out.
 */
import * as v from 'valibot';
import type {
  AuditReport,
  ReportClient,
  ReportExchange,
  ReportFinding,
  ReportResource,
  ReportSession,
  ReportStep,
  ReportToken,
  ReportUnseen,
} from '../core/model/report.ts';
import { count, isoTime, list, optionalText, text, texts } from './bounded.ts';
import { unseenReasonSchema } from './exchange.ts';
import { referenceSchema, sdkFixSchema, severitySchema } from './finding.ts';
import { roleSchema } from './role.ts';
import { checkSchema, confidenceSchema, evidenceSchema, kindSchema, locationSchema } from './token.ts';

export const reportExchangeSchema: v.GenericSchema<unknown, ReportExchange> = v.object({
  id: text,
  entry: v.nullable(v.object({ file: text, index: count, line: v.exactOptional(count) })),
  at: isoTime,
  method: text,
  url: text,
  initiator: optionalText,
  role: roleSchema,
  status: v.nullable(v.number()),
  sightings: list(v.object({ location: locationSchema, name: text, token: text })),
});

/** What holds of a token wherever it is seen. */
export const tokenFacts = {
  fingerprint: text,
  kind: kindSchema,
  confidence: confidenceSchema,
  evidence: list(evidenceSchema),
  issuer: optionalText,
  audience: texts,
  clientId: optionalText,
  scope: texts,
  issuedAt: v.nullable(v.number()),
  expiresAt: v.nullable(v.number()),
  signature: v.object({
    status: v.picklist(['verified', 'invalid', 'unsecured', 'unverifiable']),
    reason: optionalText,
    text: v.optional(optionalText, null),
    keyId: optionalText,
  }),
  issuedIn: optionalText,
};
const token: v.GenericSchema<unknown, ReportToken> = v.object({
  ...tokenFacts,
  checks: list(checkSchema),
  usedIn: texts,
});

export const reportClientSchema: v.GenericSchema<unknown, ReportClient> = v.object({
  clientId: text,
  issuer: optionalText,
  origins: texts,
  learnedFrom: text,
});
export const reportResourceSchema: v.GenericSchema<unknown, ReportResource> = v.object({
  host: text,
  audiences: texts,
  learnedFrom: text,
});

/** What is a finding's own. */
export const findingFacts = {
  ruleId: text,
  outcome: v.picklist(['failed', 'cantTell']),
  severity: severitySchema,
  exchange: text,
  token: optionalText,
  what: text,
  evidence: texts,
  accepted: v.exactOptional(v.object({ reason: text, until: text })),
};
/** What many findings have in common. */
export const findingWords = {
  ...{ title: text, why: text, fix: text, references: list(referenceSchema) },
  fixFor: v.exactOptional(sdkFixSchema),
};
const finding: v.GenericSchema<unknown, ReportFinding> = v.object({
  ...findingFacts,
  ...findingWords,
  // Reports of other makers may leave it out: the rule's title says what happened, too.
  what: v.optional(text, ''),
});

export const stepSchema: v.GenericSchema<unknown, ReportStep> = v.object({
  at: isoTime,
  note: text,
  kind: v.exactOptional(v.picklist(['step', 'note', 'recording'])),
});

const unseen: v.GenericSchema<unknown, ReportUnseen> = v.object({
  reason: unseenReasonSchema,
  count,
  during: v.exactOptional(list(v.object({ from: isoTime, to: isoTime }))),
});

export const sourceSchema: v.GenericSchema<unknown, ReportSession['source']> = v.picklist([
  'chrome',
  'firefox',
  'webkit',
  'har',
]);

export const reportSchema: v.GenericSchema<unknown, AuditReport> = v.object({
  schemaVersion: v.literal('1.0'),
  tool: v.object({ name: v.literal('aud-it'), version: text }),
  session: v.object({
    name: text,
    startedAt: v.nullable(isoTime),
    endedAt: v.nullable(isoTime),
    source: sourceSchema,
    steps: list(stepSchema),
  }),
  coverage: v.object({ exchanges: count, withToken: count, unseen: list(unseen) }),
  clients: list(reportClientSchema),
  resources: list(reportResourceSchema),
  tokens: list(token),
  exchanges: list(reportExchangeSchema),
  findings: list(finding),
  baseline: v.exactOptional(v.object({ name: text, still: count, fixed: count })),
});
