import type { Finding } from '../model/finding.ts';
import type { JsonObject } from '../model/json.ts';
import type { Destination, ProvenanceLesson } from '../model/knowledge.ts';
import type { ExchangeRecord } from '../model/record.ts';
import type { CheckedToken, RecordedSighting } from '../model/token.ts';
import type { AuditDetail, AuditRow, ClaimView, Place, TokenView } from '../model/view.ts';
import { numberMember, stringMember, stringsMember, wordsMember } from '../syntax/json.ts';
import { parseUrl } from '../syntax/url.ts';
import { t } from '../text.ts';
import { bugReports } from './bug-report.ts';
import { CLAIM_MEANINGS, HEADER_MEANINGS, TIMES } from './claim-meanings.ts';
import { expiryOf } from './expiry.ts';
import { type PassportFacts, passportOf } from './passport.ts';
import { summaryOf } from './summary.ts';

/** How many of the places where a token went are shown; the rest is counted. */
const MAX_PLACES = 200;
/** Members of one object that are shown; what is beyond no issuer writes. */
const MAX_MEMBERS = 200;

type KnownExchange = NonNullable<ReturnType<PassportFacts['exchangeOf']>>;

export interface DetailFacts {
  /** What this machine's clock lacks, in ms. */
  readonly clockSkewMs?: number;
  readonly row: AuditRow;
  readonly record: ExchangeRecord;
  readonly destination: Destination;
  readonly findings: readonly Finding[];
  readonly tokens: readonly {
    readonly sighting: RecordedSighting;
    readonly token: CheckedToken;
    readonly provenance: ProvenanceLesson | null;
    /** The ids of the exchanges that it travelled on, oldest first. */
    readonly exchanges: readonly string[];
  }[];
  readonly exchangeOf: (id: string) => KnownExchange | null;
  /** Every lesson on where a token was issued. */
  readonly issuings: Iterable<ProvenanceLesson>;
}

/** @returns all that is shown of a chosen exchange. For the screen only: the claims in it name people. */
export function detailOf(facts: DetailFacts): AuditDetail {
  const { row, record, destination, findings } = facts;
  const issuings = [...facts.issuings];
  return {
    row,
    request: {
      method: record.method,
      url: record.url,
      initiator: record.initiator,
      role: destination.role,
      because: destination.because,
    },
    summary: summaryOf({ ...facts, message: record.message }),
    findings,
    reports: bugReports(facts),
    tokens: facts.tokens.map((carried) => tokenView(carried, { ...facts, issuings })),
  };
}

function tokenView(
  { sighting, token, provenance, exchanges }: DetailFacts['tokens'][number],
  { exchangeOf, issuings, clockSkewMs = 0 }: Pick<DetailFacts, 'exchangeOf' | 'issuings' | 'clockSkewMs'>,
): TokenView {
  const header = token.form === 'jwt' || token.form === 'jwe' ? token.header : {};
  const claims = token.form === 'jwt' ? token.claims : {};
  const scope = token.form === 'jwt' ? [...wordsMember(claims, 'scope'), ...wordsMember(claims, 'scp')] : [];
  const expiresAt = expiryOf(claims, clockSkewMs);
  return {
    fingerprint: token.fingerprint,
    location: sighting.location,
    name: sighting.name,
    scheme: sighting.scheme,
    classification: token.classification,
    header: claimViews(header, HEADER_MEANINGS),
    claims: claimViews(claims, CLAIM_MEANINGS),
    unreadable: unreadable(token),
    signature: token.signature,
    checks: token.checks,
    issuer: stringMember(claims, 'iss'),
    audiences: token.form === 'jwt' ? stringsMember(claims, 'aud') : (provenance?.resources ?? []),
    clientId:
      stringMember(claims, 'client_id') ?? stringMember(claims, 'azp') ?? provenance?.clientId ?? null,
    scope: scope.length > 0 ? scope : (provenance?.scope ?? []),
    ...(expiresAt === null ? {} : { expiresAt }),
    issuedIn: provenance === null ? null : issuedIn(provenance, exchangeOf),
    usedIn: exchanges.slice(0, MAX_PLACES).flatMap((id) => placeOf(exchangeOf(id))),
    usedInTotal: exchanges.length,
    passport: passportOf({
      ...{ token: token.fingerprint, provenance, exchanges, issuings, exchangeOf },
      placeOf: (id) => placeOf(exchangeOf(id))[0] ?? null,
    }),
  };
}

function unreadable(token: CheckedToken): string | null {
  switch (token.form) {
    case 'jwt':
      return null;
    case 'jwe':
      return t`Encrypted (JWE): only its recipient can read the claims.`;
    case 'opaque':
      return t`Opaque: it means something to its issuer only.`;
    case 'malformed':
      return t`Malformed: ${token.reason}.`;
  }
}

function claimViews(object: JsonObject, meanings: Readonly<Record<string, string>>): readonly ClaimView[] {
  return Object.entries(object)
    .slice(0, MAX_MEMBERS)
    .map(([name, value]) => {
      const time = TIMES.has(name) ? (numberMember(object, name) ?? Number.NaN) * 1000 : Number.NaN;
      return {
        name,
        json: JSON.stringify(value),
        meaning: Object.hasOwn(meanings, name) ? (meanings[name] ?? null) : null,
        time: Number.isFinite(time) ? time : null,
      };
    });
}

function placeOf(exchange: KnownExchange | null): readonly Place[] {
  if (exchange === null) return [];
  const { record, row } = exchange;
  const url = parseUrl(record.url);
  const { at, method } = record;
  const shown = row === null ? null : row.id;
  return [
    {
      row: shown,
      at,
      method,
      host: url?.host ?? '',
      path: url?.pathname ?? '',
      verdict: row?.verdict ?? null,
    },
  ];
}

/** The response that issued it: also when that exchange was forgotten since. */
function issuedIn(provenance: ProvenanceLesson, exchangeOf: DetailFacts['exchangeOf']): Place {
  const [place] = placeOf(exchangeOf(provenance.issuedIn));
  if (place !== undefined) return place;
  const url = parseUrl(provenance.endpoint);
  return {
    row: null,
    at: provenance.at,
    method: 'POST',
    host: url?.host ?? '',
    path: url?.pathname ?? '',
    verdict: null,
  };
}
