/**
 * What is kept on the disk, as schemas: an older version may have written it, and a disk may give back anything. The
 * same shapes are read from exported reports.
 */
import * as v from 'valibot';
import type {
  AuditReport,
  ReportClient,
  ReportExchange,
  ReportFinding,
  ReportResource,
  ReportStep,
  ReportToken,
  ReportUnseen,
} from '../core/model/report.ts';
import type { RecordedSession, SessionPart, SessionScope, Span } from '../core/model/session.ts';
import { unseenReasonSchema } from '../schemas/exchange.ts';
import { referenceSchema, sdkFixSchema, severitySchema } from '../schemas/finding.ts';
import { roleSchema } from '../schemas/role.ts';
import {
  checkSchema,
  confidenceSchema,
  evidenceSchema,
  kindSchema,
  locationSchema,
} from '../schemas/token.ts';

/** Longer texts no part of a session has: they were cut before they were written. */
const MAX_TEXT = 65_536;
const MAX_LIST = 100_000;

const text = v.pipe(v.string(), v.maxLength(MAX_TEXT));
const list = <T>(item: v.GenericSchema<unknown, T>): v.GenericSchema<unknown, readonly T[]> =>
  v.pipe(v.array(item), v.maxLength(MAX_LIST));
const texts = list(text);
const optionalText = v.nullable(text);
const count = v.pipe(v.number(), v.integer(), v.minValue(0));
/** A moment that a Date can be (ECMA-262 §21.4.1.1), in ms since the epoch. */
const moment = v.pipe(v.number(), v.minValue(-8.64e15), v.maxValue(8.64e15));
const isoTime = v.pipe(
  text,
  v.check((value) => !Number.isNaN(Date.parse(value))),
);

const exchange: v.GenericSchema<unknown, ReportExchange> = v.object({
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

const tokenFacts = {
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
    text: v.fallback(optionalText, null),
    keyId: optionalText,
  }),
  issuedIn: optionalText,
};
const token: v.GenericSchema<unknown, ReportToken> = v.object({
  ...tokenFacts,
  checks: list(checkSchema),
  usedIn: texts,
});

const client: v.GenericSchema<unknown, ReportClient> = v.object({
  clientId: text,
  issuer: optionalText,
  origins: texts,
  learnedFrom: text,
});
const resource: v.GenericSchema<unknown, ReportResource> = v.object({
  host: text,
  audiences: texts,
  learnedFrom: text,
});

const findingFacts = {
  ruleId: text,
  outcome: v.picklist(['failed', 'cantTell']),
  severity: severitySchema,
  exchange: text,
  token: optionalText,
  what: text,
  evidence: texts,
  accepted: v.exactOptional(v.object({ reason: text, until: text })),
};
const findingWords = {
  ...{ title: text, why: text, fix: text, references: list(referenceSchema) },
  fixFor: v.exactOptional(sdkFixSchema),
};
const finding: v.GenericSchema<unknown, ReportFinding> = v.object({
  ...findingFacts,
  ...findingWords,
  // Reports of other makers may leave it out: the rule's title says what happened, too.
  what: v.fallback(text, ''),
});

const step: v.GenericSchema<unknown, ReportStep> = v.object({
  at: isoTime,
  note: text,
  kind: v.exactOptional(v.picklist(['step', 'note', 'recording'])),
});

const unseen: v.GenericSchema<unknown, ReportUnseen> = v.object({
  reason: unseenReasonSchema,
  count,
  during: v.exactOptional(list(v.object({ from: isoTime, to: isoTime }))),
});

const source = v.picklist(['chrome', 'firefox', 'webkit', 'har']);

/** An exported session: `AuditReport`, schema version 1. */
export const reportSchema: v.GenericSchema<unknown, AuditReport> = v.object({
  schemaVersion: v.literal('1.0'),
  tool: v.object({ name: v.literal('aud-it'), version: text }),
  session: v.object({
    name: text,
    startedAt: v.nullable(isoTime),
    endedAt: v.nullable(isoTime),
    source,
    steps: list(step),
  }),
  coverage: v.object({ exchanges: count, withToken: count, unseen: list(unseen) }),
  clients: list(client),
  resources: list(resource),
  tokens: list(token),
  exchanges: list(exchange),
  findings: list(finding),
});

export const partSchema: v.GenericSchema<unknown, SessionPart> = v.variant('part', [
  v.object({
    part: v.literal('exchange'),
    order: v.number(),
    exchange,
    checks: list(v.object({ token: text, checks: list(checkSchema) })),
    findings: list(v.object({ ...findingFacts, words: text })),
  }),
  v.object({ part: v.literal('token'), token: v.object(tokenFacts) }),
  v.object({ part: v.literal('client'), client }),
  v.object({ part: v.literal('resource'), resource }),
  v.object({ part: v.literal('words'), id: text, ...findingWords }),
]);

export const scopeSchema: v.GenericSchema<unknown, SessionScope> = v.variant('of', [
  v.object({ of: v.literal('tab'), tab: v.number() }),
  v.object({ of: v.literal('site'), site: text }),
  v.object({ of: v.literal('all') }),
]);

const span: v.GenericSchema<unknown, Span> = v.object({ from: moment, to: v.nullable(moment) });

export const sessionSchema: v.GenericSchema<unknown, RecordedSession> = v.object({
  schema: v.literal(1),
  id: text,
  name: text,
  source,
  version: text,
  scope: v.nullable(scopeSchema),
  state: v.picklist(['recording', 'paused', 'ended']),
  isInterrupted: v.boolean(),
  startedAt: moment,
  lastSign: moment,
  active: list(span),
  gaps: list(v.object({ from: moment, to: moment })),
  steps: list(step),
  exchanges: count,
  unseen: list(v.object({ reason: unseenReasonSchema, count })),
  kept: v.object({ exchanges: count, errors: count, warnings: count, bytes: count }),
});
