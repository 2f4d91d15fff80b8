/** What is kept on the disk, as schemas: an older version may have written it, and a disk may give back anything. */
import * as v from 'valibot';
import type { RecordedSession, SessionPart, SessionScope, Span } from '../core/model/session.ts';
import { count, list, moment, text } from '../schemas/bounded.ts';
import { unseenReasonSchema } from '../schemas/exchange.ts';
import {
  findingFacts,
  findingWords,
  reportClientSchema,
  reportExchangeSchema,
  reportResourceSchema,
  sourceSchema,
  stepSchema,
  tokenFacts,
} from '../schemas/report.ts';
import { checkSchema } from '../schemas/token.ts';

export const partSchema: v.GenericSchema<unknown, SessionPart> = v.variant('part', [
  v.object({
    part: v.literal('exchange'),
    order: v.number(),
    exchange: reportExchangeSchema,
    checks: list(v.object({ token: text, checks: list(checkSchema) })),
    findings: list(v.object({ ...findingFacts, words: text })),
  }),
  v.object({ part: v.literal('token'), token: v.object(tokenFacts) }),
  v.object({ part: v.literal('client'), client: reportClientSchema }),
  v.object({ part: v.literal('resource'), resource: reportResourceSchema }),
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
  source: sourceSchema,
  version: text,
  scope: v.nullable(scopeSchema),
  state: v.picklist(['recording', 'paused', 'ended']),
  isInterrupted: v.boolean(),
  startedAt: moment,
  lastSign: moment,
  active: list(span),
  gaps: list(v.object({ from: moment, to: moment })),
  steps: list(stepSchema),
  exchanges: count,
  unseen: list(v.object({ reason: unseenReasonSchema, count })),
  kept: v.object({ exchanges: count, errors: count, warnings: count, bytes: count }),
});
