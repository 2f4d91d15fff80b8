import type { Finding } from '../model/finding.ts';
import type { Destination, ProvenanceLesson } from '../model/knowledge.ts';
import type { Passport, PassportHost, Renewal } from '../model/passport.ts';
import type { ExchangeRecord } from '../model/record.ts';
import type { Fingerprint } from '../model/token.ts';
import type { AuditRow, Place, RowVerdict } from '../model/view.ts';
import { parseUrl } from '../syntax/url.ts';
import { byWorst, verdictOn } from './tab-facts.ts';

/** A token that is polled with travels on ten thousands of requests: the first ones are looked at. */
const MAX_COUNTED = 20_000;
const MAX_HOSTS = 50;

export interface PassportFacts {
  readonly token: Fingerprint;
  readonly provenance: ProvenanceLesson | null;
  /** The exchanges that it travelled on, oldest first. */
  readonly exchanges: readonly string[];
  /** Every lesson on where a token was issued. */
  readonly issuings: Iterable<ProvenanceLesson>;
  readonly exchangeOf: (id: string) => {
    readonly record: ExchangeRecord;
    readonly row: AuditRow | null;
    readonly findings?: readonly Finding[];
    readonly role?: Destination['role'];
  } | null;
  readonly placeOf: (id: string) => Place | null;
}

/** @returns the life of one token, as far as it was seen */
export function passportOf(facts: PassportFacts): Passport {
  const { hosts, counted } = visited(facts);
  return {
    issuedAs: facts.provenance?.issuedAs ?? null,
    ...renewals(facts),
    hosts: hosts.slice(0, MAX_HOSTS),
    hostsTotal: hosts.length,
    counted,
  };
}

function visited({ token, exchanges, exchangeOf }: PassportFacts): {
  readonly hosts: readonly PassportHost[];
  readonly counted: number;
} {
  interface Visit {
    role: Destination['role'];
    count: number;
    row: string | null;
    firstAt: number;
    lastAt: number;
    verdicts: Map<RowVerdict, number>;
    worst: RowVerdict;
  }
  const visits = new Map<string, Visit>();
  const looked = exchanges.slice(0, MAX_COUNTED);
  for (const id of looked) {
    const exchange = exchangeOf(id);
    if (exchange === null) continue;
    const { record, row, findings = [], role = 'unknown' } = exchange;
    // A redirect hands it on: where to is the next request's.
    if (!record.sightings.some((one) => one.token === token && one.location !== 'redirect')) continue;
    const host = row?.host ?? parseUrl(record.url)?.host ?? '';
    const verdict = verdictOn(token, findings);
    const visit = visits.get(host);
    if (visit === undefined) {
      const { at } = record;
      const verdicts = new Map([[verdict, 1]]);
      visits.set(host, {
        ...{ role, count: 1, row: row?.id ?? null, firstAt: at, lastAt: at, verdicts, worst: verdict },
      });
      continue;
    }
    visit.count++;
    visit.lastAt = Math.max(visit.lastAt, record.at);
    visit.verdicts.set(verdict, (visit.verdicts.get(verdict) ?? 0) + 1);
    if (byWorst(verdict, visit.worst) < 0) {
      visit.worst = verdict;
      visit.row = row?.id ?? visit.row;
    }
  }
  const hosts = [...visits].map(([host, { verdicts, worst: _, ...visit }]) => ({
    host,
    ...visit,
    verdicts: [...verdicts]
      .map(([verdict, count]) => ({ verdict, count }))
      .sort((a, b) => byWorst(a.verdict, b.verdict)),
  }));
  return { hosts, counted: looked.length };
}

/**
 * What a refresh says (RFC 6749 §6): the token request that carried a refresh token issued in exchange A, and whose response
 * issued tokens, renewed those of A: each token by the one of its kind, for the same resources and client.
 */
function renewals(facts: PassportFacts): Pick<Passport, 'replaces' | 'replacedBy'> {
  const { provenance } = facts;
  if (provenance === null) return { replaces: null, replacedBy: null };
  const byExchange = new Map<string, ProvenanceLesson[]>();
  for (const lesson of facts.issuings) {
    const issued = byExchange.get(lesson.issuedIn) ?? [];
    issued.push(lesson);
    byExchange.set(lesson.issuedIn, issued);
  }
  const issuedWith = new Map<Fingerprint, string>();
  for (const [exchange, issued] of byExchange)
    for (const { token, issuedAs } of issued)
      if (issuedAs === 'refresh_token') issuedWith.set(token, exchange);

  const before = refreshedFrom(provenance.issuedIn, facts, issuedWith);
  const old = before === null ? null : alike(byExchange.get(before), provenance);
  let next: Renewal | null = null;
  for (const [exchange, issued] of byExchange) {
    if (exchange === provenance.issuedIn || next !== null) continue;
    const renewed = alike(issued, provenance);
    if (renewed === null || refreshedFrom(exchange, facts, issuedWith) !== provenance.issuedIn) continue;
    const place = facts.placeOf(exchange);
    if (place !== null) next = { token: renewed.token, place };
  }
  const place = facts.placeOf(provenance.issuedIn);
  return {
    replaces: old === null || place === null ? null : { token: old.token, place },
    replacedBy: next,
  };
}

/** @returns the exchange that issued the refresh token which this token request carried; null for any other request */
function refreshedFrom(
  exchange: string,
  { exchangeOf }: PassportFacts,
  issuedWith: ReadonlyMap<Fingerprint, string>,
): string | null {
  const record = exchangeOf(exchange)?.record;
  if (record?.message?.message !== 'token_request' || record.message.grantType !== 'refresh_token')
    return null;
  for (const { token } of record.sightings) {
    const from = issuedWith.get(token);
    if (from !== undefined && from !== exchange) return from;
  }
  return null;
}

function alike(
  issued: readonly ProvenanceLesson[] | undefined,
  { issuedAs, resources, clientId, token }: ProvenanceLesson,
): ProvenanceLesson | null {
  const asked = [...resources].sort().join(' ');
  return (
    issued?.find(
      (other) =>
        other.token !== token &&
        other.issuedAs === issuedAs &&
        other.clientId === clientId &&
        // A refresh token and an ID token serve all resources of the grant.
        (issuedAs !== 'access_token' || [...other.resources].sort().join(' ') === asked),
    ) ?? null
  );
}
