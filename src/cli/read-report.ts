import * as v from 'valibot';
import type { Severity } from '../core/model/finding.ts';
import type {
  AuditReport,
  ReportExchange,
  ReportFinding,
  ReportSession,
  ReportStep,
  ReportToken,
} from '../core/model/report.ts';
import type { Check, Evidence, Outcome, SightingLocation } from '../core/model/token.ts';
import { KINDS, SIGNATURES, UNSEEN } from '../core/report/report-words.ts';
import { InputError } from './arguments.ts';

/** One of the names that a type has: the compiler counts them. */
function oneOf<T extends string>(names: Readonly<Record<T, unknown>>): v.GenericSchema<unknown, T> {
  return v.custom<T>((value) => typeof value === 'string' && Object.hasOwn(names, value));
}

const LOCATIONS: Readonly<Record<SightingLocation, true>> = {
  ...{ authorization_header: true, header: true, cookie: true, path: true, query: true },
  ...{ fragment: true, form_body: true, multipart_body: true, json_body: true, text_body: true },
  ...{ redirect: true, websocket_protocol: true, websocket_message: true, response_body: true },
};
const ENDPOINT_ROLES: Readonly<Record<ReportExchange['role'], true>> = {
  ...{ authorization_endpoint: true, token_endpoint: true, userinfo_endpoint: true },
  ...{ end_session_endpoint: true, introspection_endpoint: true, revocation_endpoint: true },
  ...{ pushed_authorization_request_endpoint: true, device_authorization_endpoint: true },
  ...{ registration_endpoint: true, jwks_uri: true, metadata: true, authorization_server: true },
  ...{ protected_resource: true, client: true, third_party: true, unknown: true },
};
const CHECKS: Readonly<Record<Check['id'], true>> = {
  ...{ signature: true, alg: true, key: true, typ: true, crit: true, iss: true, aud: true, azp: true },
  ...{ exp: true, nbf: true, iat: true, nonce: true, at_hash: true, c_hash: true },
};
const SOURCES: Readonly<Record<Evidence['source'], true>> = {
  ...{ provenance: true, typing: true, audience: true, claims: true, parameter: true },
  ...{ storage: true, vendor: true },
};
const OUTCOMES: Readonly<Record<Outcome, true>> = {
  ...{ passed: true, failed: true, cantTell: true, inapplicable: true },
};
const SEVERITIES: Readonly<Record<Severity, true>> = { error: true, warning: true, notice: true };

const STEP_KINDS: Readonly<Record<NonNullable<ReportStep['kind']>, true>> = {
  ...{ step: true, note: true, recording: true },
};

const text = v.string();
const texts = v.array(text);
const maybe = v.nullable(text);
const number = v.pipe(v.number(), v.finite());
const kind = oneOf(KINDS);

const session: v.GenericSchema<unknown, ReportSession> = v.object({
  name: text,
  startedAt: maybe,
  endedAt: maybe,
  source: v.picklist(['chrome', 'firefox', 'webkit', 'har']),
  steps: v.array(v.object({ at: text, note: text, kind: v.exactOptional(oneOf(STEP_KINDS)) })),
});

const token: v.GenericSchema<unknown, ReportToken> = v.object({
  fingerprint: text,
  kind,
  confidence: v.picklist(['certain', 'strong', 'weak']),
  evidence: v.array(v.object({ source: oneOf(SOURCES), says: kind, text, exchange: maybe })),
  issuer: maybe,
  audience: texts,
  clientId: maybe,
  scope: texts,
  issuedAt: v.nullable(number),
  expiresAt: v.nullable(number),
  signature: v.object({
    status: oneOf(SIGNATURES),
    reason: maybe,
    text: v.optional(maybe, null),
    keyId: maybe,
  }),
  checks: v.array(v.object({ id: oneOf(CHECKS), outcome: oneOf(OUTCOMES), text })),
  issuedIn: maybe,
  usedIn: texts,
});

const exchange: v.GenericSchema<unknown, ReportExchange> = v.object({
  id: text,
  entry: v.nullable(v.object({ file: text, index: number, line: v.exactOptional(number) })),
  at: text,
  method: text,
  url: text,
  initiator: maybe,
  role: oneOf(ENDPOINT_ROLES),
  status: v.nullable(number),
  sightings: v.array(v.object({ location: oneOf(LOCATIONS), name: text, token: text })),
});

const finding: v.GenericSchema<unknown, ReportFinding> = v.object({
  ruleId: text,
  outcome: v.picklist(['failed', 'cantTell']),
  severity: oneOf(SEVERITIES),
  exchange: text,
  token: maybe,
  title: text,
  what: v.optional(text, ''),
  why: text,
  fix: text,
  fixFor: v.exactOptional(v.object({ sdk: text, because: text, text, code: maybe })),
  evidence: texts,
  references: v.array(v.object({ title: text, url: text })),
  accepted: v.exactOptional(v.object({ reason: text, until: text })),
});

const report: v.GenericSchema<unknown, AuditReport> = v.object({
  schemaVersion: v.literal('1.0'),
  tool: v.object({ name: v.literal('aud-it'), version: text }),
  session,
  coverage: v.object({
    exchanges: number,
    withToken: number,
    unseen: v.array(
      v.object({
        reason: oneOf(UNSEEN),
        count: number,
        during: v.exactOptional(v.array(v.object({ from: text, to: text }))),
      }),
    ),
  }),
  clients: v.array(v.object({ clientId: text, issuer: maybe, origins: texts, learnedFrom: text })),
  resources: v.array(v.object({ host: text, audiences: texts, learnedFrom: text })),
  tokens: v.array(token),
  exchanges: v.array(exchange),
  findings: v.array(finding),
  baseline: v.exactOptional(v.object({ name: text, still: number, fixed: number })),
});

/**
 * Reads a JSON report: one of this tool's, or what somebody says is one. What it does not define is left out.
 * @param file its name, for people
 * @throws InputError with the place of the first thing that is wrong
 */
export function readReport(json: string, file: string): AuditReport {
  let value: unknown;
  try {
    value = JSON.parse(json.replace(/^\uFEFF/, ''));
  } catch {
    throw new InputError(`${file}: it begins like a report of Aud-it's and is no JSON`);
  }
  const result = v.safeParse(report, value, { abortEarly: true });
  if (result.success) return result.output;
  const [issue] = result.issues;
  const path = v.getDotPath(issue) ?? '';
  const version = path === 'schemaVersion' ? ', perhaps of a newer version' : '';
  throw new InputError(`${file}: it is no report of Aud-it's that can be read${version}: see "${path}"`);
}
