import type { AuditReport, ReportExchange, ReportFinding, ReportToken } from '../model/report.ts';
import type { SightingLocation } from '../model/token.ts';
import { parseUrl } from '../syntax/url.ts';
import { t } from '../text.ts';
import { printableJson } from './printable.ts';

/** What stands where a token or another value was. Importers know it for what it is: our own say "sanitised". */
const REDACTED = '[redacted]';

const UNKNOWN_URL = { href: 'http://redacted.invalid/', hash: '' };

type Sighting = ReportExchange['sightings'][number];

interface NameValue {
  readonly name: string;
  readonly value: string;
}

/**
 * Writes a session as HAR 1.2 (http://www.softwareishard.com/blog/har-12-spec/), for other tools. Of the requests it has
 * what the report has: method, redacted URL, status, and the names of the headers, cookies and fields that carried a
 * token, whose values are replaced. No body, no other header. What the audit says stands in custom fields (`_audit`):
 * the tokens by fingerprint and kind, and the findings. Steps are the log's pages.
 */
export function harReport(report: AuditReport): string {
  return `${printableJson(JSON.stringify(harOf(report), null, 2))}\n`;
}

function harOf(report: AuditReport): object {
  const { session, tool, coverage } = report;
  const tokens = new Map(report.tokens.map((token) => [token.fingerprint, token]));
  const findings = new Map<string, ReportFinding[]>();
  for (const finding of report.findings) {
    const own = findings.get(finding.exchange) ?? [];
    findings.set(finding.exchange, own);
    own.push(finding);
  }
  const pages = session.steps
    .filter(({ kind }) => kind === 'step')
    .map(({ at, note }, index) => ({
      startedDateTime: at,
      id: `step_${index + 1}`,
      title: note,
      pageTimings: { onContentLoad: -1, onLoad: -1 },
    }));
  return {
    log: {
      version: '1.2',
      creator: { name: tool.name, version: tool.version },
      pages,
      entries: report.exchanges.map((exchange) =>
        entryOf(exchange, {
          tokens,
          findings: findings.get(exchange.id) ?? [],
          page: pages.findLast(({ startedDateTime }) => startedDateTime <= exchange.at)?.id ?? null,
        }),
      ),
      comment: t`Redacted by Aud-it: tokens, bodies, cookies and parameters were replaced or left out. What was found stands in "_audit".`,
      _audit: { schemaVersion: report.schemaVersion, session, coverage },
    },
  };
}

function entryOf(
  exchange: ReportExchange,
  {
    tokens,
    findings,
    page,
  }: {
    readonly tokens: ReadonlyMap<string, ReportToken>;
    readonly findings: readonly ReportFinding[];
    readonly page: string | null;
  },
): object {
  const { url, fragment } = urlOf(exchange.url);
  const { sightings } = exchange;
  const unknown = { headersSize: -1, bodySize: -1 };
  return {
    ...(page === null ? {} : { pageref: page }),
    startedDateTime: exchange.at,
    time: 0,
    request: {
      method: exchange.method,
      url: url.href,
      httpVersion: 'HTTP/1.1',
      cookies: namesAt(sightings, 'cookie'),
      headers: headersOf(exchange),
      queryString: [...url.searchParams].map(([name, value]) => ({ name, value })),
      ...postDataOf(sightings),
      ...unknown,
    },
    response: {
      // HAR has no word for a response that was not seen: tools write 0.
      status: exchange.status ?? 0,
      statusText: '',
      httpVersion: 'HTTP/1.1',
      ...{ cookies: [], headers: [] },
      content: { size: 0, mimeType: 'x-unknown', comment: t`left out` },
      redirectURL: '',
      ...unknown,
    },
    cache: {},
    timings: { send: 0, wait: 0, receive: 0 },
    _audit: {
      exchange: exchange.id,
      role: exchange.role,
      ...(fragment === '' ? {} : { fragment }),
      tokens: sightings.map(({ location, name, token }) => ({
        ...{ location, name, fingerprint: token },
        kind: tokens.get(token)?.kind ?? 'opaque',
      })),
      findings: findings.map(({ ruleId, outcome, severity, what }) => ({ ruleId, outcome, severity, what })),
    },
  };
}

/** A redacted URL as other tools parse it: absolute, in ASCII, and without its fragment, which HAR includes nowhere. */
function urlOf(redacted: string): { readonly url: URL; readonly fragment: string } {
  const { href, hash: fragment } = parseUrl(redacted.replaceAll('…', REDACTED)) ?? UNKNOWN_URL;
  const url = new URL(href);
  url.hash = '';
  return { url, fragment };
}

function headersOf({ initiator, sightings }: ReportExchange): readonly NameValue[] {
  const isProved = sightings.some(({ location, name }) => location === 'header' && /^dpop$/i.test(name));
  const cookies = namesAt(sightings, 'cookie');
  return [
    ...(initiator === null ? [] : [{ name: 'Origin', value: initiator }]),
    ...namesAt(sightings, 'authorization_header').map(({ name, value }) => ({
      ...{ name, value: `${isProved ? 'DPoP' : 'Bearer'} ${value}` },
    })),
    ...namesAt(sightings, 'header'),
    ...namesAt(sightings, 'websocket_protocol'),
    ...(cookies.length === 0
      ? []
      : [{ name: 'Cookie', value: cookies.map(({ name, value }) => `${name}=${value}`).join('; ') }]),
  ];
}

function postDataOf(sightings: readonly Sighting[]): { readonly postData?: object } {
  const fields = namesAt(sightings, 'form_body', 'multipart_body');
  if (fields.length > 0) {
    const mimeType = 'application/x-www-form-urlencoded';
    // One or the other, says the format: the parameters are the more readable.
    return { postData: { mimeType, params: fields, text: '' } };
  }
  const members = namesAt(sightings, 'json_body', 'text_body');
  if (members.length === 0) return {};
  const text = JSON.stringify(Object.fromEntries(members.map(({ name, value }) => [name || 'text', value])));
  return { postData: { mimeType: 'application/json', params: [], text } };
}

/** The names under which tokens stood at a place, each once. */
function namesAt(
  sightings: readonly Sighting[],
  ...places: readonly SightingLocation[]
): readonly NameValue[] {
  const own = sightings.filter(({ location }) => places.includes(location));
  // Two tokens stay two, and one stays one: who reads it again sees no token shared that was not.
  const values = new Map(own.map(({ name, token }) => [name, `[redacted ${token.slice(0, 8)}]`]));
  return [...values].map(([name, value]) => ({ name, value }));
}
