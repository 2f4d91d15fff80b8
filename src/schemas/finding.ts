import * as v from 'valibot';
import type { Finding, Reference, SdkFix, Severity } from '../core/model/finding.ts';
import { array, strings } from './lists.ts';

export const severitySchema: v.GenericSchema<unknown, Severity> = v.picklist(['error', 'warning', 'notice']);
export const referenceSchema: v.GenericSchema<unknown, Reference> = v.object({
  title: v.string(),
  url: v.string(),
});

export const sdkFixSchema: v.GenericSchema<unknown, SdkFix> = v.object({
  sdk: v.string(),
  because: v.string(),
  text: v.string(),
  code: v.nullable(v.string()),
});

export const findingSchema: v.GenericSchema<unknown, Finding> = v.object({
  ruleId: v.string(),
  outcome: v.picklist(['failed', 'cantTell']),
  severity: severitySchema,
  exchange: v.string(),
  token: v.nullable(v.string()),
  title: v.string(),
  what: v.string(),
  why: v.string(),
  fix: v.string(),
  fixFor: v.exactOptional(sdkFixSchema),
  evidence: strings,
  references: array(referenceSchema),
  accepted: v.exactOptional(v.object({ reason: v.string(), until: v.string() })),
});
