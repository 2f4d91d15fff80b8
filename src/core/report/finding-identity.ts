import type { AuditReport, ReportExchange, ReportFinding, ReportToken } from '../model/report.ts';
import { fingerprint } from '../syntax/fingerprint.ts';
import { parseUrl } from '../syntax/url.ts';
import { endpointOf, exchangesOf } from './group-findings.ts';

/**
 * What makes a finding the same one in another report: rule, method, URL without its parameters, and the parties of its
 * token. Not the token's fingerprint, which changes with each log-in, nor its words or its severity.
 */
export interface FindingIdentity {
  readonly ruleId: string;
  readonly method: string;
  /** The redacted URL without query and fragment: `https://api.example/orders/***`. */
  readonly endpoint: string;
  /** Who issued the token, to which client, for whom; of a request of the protocol, its client. */
  readonly parties: readonly string[];
}

/** @returns a function that tells the identity of any finding of this report */
export function identifier(report: AuditReport): (finding: ReportFinding) => FindingIdentity {
  const exchanges = exchangesOf(report);
  const tokens = new Map(report.tokens.map((token) => [token.fingerprint, token]));
  return ({ ruleId, exchange, token }) => {
    const at = exchanges.get(exchange);
    return {
      ruleId,
      method: at?.method ?? '',
      endpoint: at === undefined ? '' : endpointOf(at.url),
      parties: partiesOf(token === null ? undefined : tokens.get(token), at),
    };
  };
}

function partiesOf(token: ReportToken | undefined, at: ReportExchange | undefined): readonly string[] {
  if (token === undefined) return [parseUrl(at?.url ?? '')?.searchParams.get('client_id') ?? ''];
  return [token.issuer ?? '', token.clientId ?? '', ...[...token.audience].sort()];
}

/** One string for each identity. */
export function identityKey({ ruleId, method, endpoint, parties }: FindingIdentity): string {
  return JSON.stringify([ruleId, method, endpoint, ...parties]);
}

/** A short name for an identity: the beginning of SHA-256 of its {@link identityKey}, base64url. */
export function identityHash(identity: FindingIdentity): string {
  return fingerprint(identityKey(identity)).slice(0, 22);
}
