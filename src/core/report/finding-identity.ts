import type { AuditReport, ReportExchange, ReportFinding, ReportToken } from '../model/report.ts';
import { fingerprint } from '../syntax/fingerprint.ts';
import { isLoopback, parseUrl } from '../syntax/url.ts';
import { endpointOf, exchangesOf } from './group-findings.ts';

/**
 * What makes a finding the same one in another report: rule, method, URL without its parameters, and the parties of its
 * token. Not the token's fingerprint, which changes with each log-in, nor its words or its severity, nor a port of this
 * machine that a test's server was given at random.
 */
export interface FindingIdentity {
  readonly ruleId: string;
  readonly method: string;
  // `https://api.example/orders/***`, `http://127.0.0.1:*/orders`
  /** The redacted URL without query and fragment, and without a port that was given at random. */
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
      endpoint: at === undefined ? '' : withoutRandomPort(endpointOf(at.url)),
      parties: partiesOf(token === null ? undefined : tokens.get(token), at).map(withoutRandomPort),
    };
  };
}

function partiesOf(token: ReportToken | undefined, at: ReportExchange | undefined): readonly string[] {
  if (token === undefined) return [parseUrl(at?.url ?? '')?.searchParams.get('client_id') ?? ''];
  return [token.issuer ?? '', token.clientId ?? '', ...token.audience.map(withoutRandomPort).sort()];
}

/**
 * From here on systems give ports to whom none is asked for: Linux from 32768 (net.ipv4.ip_local_port_range), others from
 * 49152 (RFC 6335 §6). Lower ones were chosen, and tell two servers of one machine apart.
 */
const FIRST_RANDOM_PORT = 32_768;
const HOST_AND_PORT = /^((?:[a-z][a-z\d+.-]*:)?\/\/|)([^/:?#@\s]+|\[[^\]]*\]):(\d{5})(?=[/?#]|$)/i;

function withoutRandomPort(address: string): string {
  return address.replace(HOST_AND_PORT, (whole, scheme: string, host: string, port: string) =>
    isOfThisMachine(host.toLowerCase()) && Number(port) >= FIRST_RANDOM_PORT ? `${scheme}${host}:*` : whole,
  );
}

/** Names below test are for tests (RFC 6761 §6.2): whoever uses one has told the browser that it is here. */
function isOfThisMachine(host: string): boolean {
  return isLoopback(host) || /(?:^|\.)test\.?$/.test(host);
}

/** One string for each identity. */
export function identityKey({ ruleId, method, endpoint, parties }: FindingIdentity): string {
  return JSON.stringify([ruleId, method, endpoint, ...parties]);
}

/** A short name for an identity: the beginning of SHA-256 of its {@link identityKey}, base64url. */
export function identityHash(identity: FindingIdentity): string {
  return fingerprint(identityKey(identity)).slice(0, 22);
}
