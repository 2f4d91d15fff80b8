import {
  type Acceptance,
  type Configuration,
  type DeclaredResource,
  type HostPattern,
  type IssuerTrust,
  NO_CONFIGURATION,
} from '../model/configuration.ts';
import type { Severity } from '../model/finding.ts';
import type { Lesson } from '../model/knowledge.ts';
import { isMatch, mostSpecificFirst, readHostPattern } from '../syntax/host-pattern.ts';
import { parseUrl, webOrigin } from '../syntax/url.ts';

/** What stands in a report for the exchange that taught something. */
export const CONFIGURATION = 'configuration';

/**
 * What a person declared: the part of the knowledge that does not come from traffic, and that is replaced as a whole
 * when the configuration changes. Answers questions; judges nothing.
 */
export class Declared {
  readonly acceptances: readonly Acceptance[];
  /** ms since the epoch: when this was declared. What had expired by then counts for nothing. */
  readonly at: number;
  readonly #configuration: Configuration;
  readonly #resources: readonly { readonly pattern: HostPattern; readonly resource: DeclaredResource }[];
  readonly #issuers: ReadonlySet<string>;
  readonly #clientOrigins: ReadonlySet<string>;

  constructor(configuration: Configuration, at: number) {
    this.#configuration = configuration;
    this.at = at;
    this.#resources = configuration.resources
      .flatMap((resource) => {
        const pattern = patternOf(resource.host);
        return pattern === null ? [] : [{ pattern, resource }];
      })
      .sort((a, b) => mostSpecificFirst(a.pattern, b.pattern));
    this.#issuers = new Set([
      ...configuration.trustedIssuers,
      ...configuration.clients.map(({ issuer }) => issuer),
    ]);
    this.#clientOrigins = new Set(configuration.clients.flatMap(({ origins }) => origins));
    this.acceptances = configuration.acceptedByDesign.flatMap((use, index) => {
      const host = use.host === undefined ? null : patternOf(use.host);
      // What can't be read must not accept more than was meant.
      return use.host !== undefined && host === null ? [] : [{ index, use, host, end: endOf(use.until) }];
    });
  }

  get isStrict(): boolean {
    return this.#configuration.strict;
  }

  severityOf(ruleId: string): Severity | 'off' | null {
    const { severities } = this.#configuration;
    return Object.hasOwn(severities, ruleId) ? (severities[ruleId] ?? null) : null;
  }

  /** True where this client_id was declared for this issuer; a slash at the end of an issuer is no difference. */
  isClientOf(clientId: string, issuer: string | null): boolean {
    return (
      issuer !== null &&
      this.#configuration.clients.some(
        (client) => client.clientId === clientId && isNearly(client.issuer, issuer),
      )
    );
  }

  hasClient(clientId: string): boolean {
    return this.#configuration.clients.some((client) => client.clientId === clientId);
  }

  originsOf(clientId: string): readonly string[] {
    return this.#configuration.clients.flatMap((client) =>
      client.clientId === clientId ? client.origins : [],
    );
  }

  clientsOf(origin: string, issuer: string | null): readonly string[] {
    if (!this.#clientOrigins.has(origin)) return [];
    return this.#configuration.clients
      .filter(({ clientId, origins }) => origins.includes(origin) && this.isClientOf(clientId, issuer))
      .map(({ clientId }) => clientId);
  }

  isClientOrigin(origin: string): boolean {
    return this.#clientOrigins.has(origin);
  }

  /** The resource that was declared for a place: by the pattern that says most of it. */
  resourceAt(origin: string, path: string): DeclaredResource | null {
    if (this.#resources.length === 0) return null;
    const url = parseUrl(origin + path);
    return url === null
      ? null
      : (this.#resources.find(({ pattern }) => isMatch(pattern, url))?.resource ?? null);
  }

  /** The host patterns that an audience was declared for. */
  hostsOf(audience: string): readonly string[] {
    return this.#configuration.resources
      .filter(({ audiences }) => audiences.includes(audience))
      .map(({ host }) => host);
  }

  /** True for an issuer that a person named: as a trusted one, or as a client's. */
  isIssuer(issuer: string): boolean {
    return this.#issuers.has(issuer);
  }

  /** The issuers that a person named, at an origin. */
  issuersAt(origin: string): readonly string[] {
    return [...this.#issuers].filter((issuer) => webOrigin(issuer) === origin);
  }

  trustIn(issuer: string): IssuerTrust {
    const { trustedIssuers } = this.#configuration;
    if (trustedIssuers.length === 0) return 'undeclared';
    if (trustedIssuers.includes(issuer) || trustedIssuers.includes(SPELLED[issuer] ?? issuer))
      return 'trusted';
    return trustedIssuers.some((trusted) => isNearly(trusted, issuer)) ? 'nearly' : 'untrusted';
  }

  /** The same as lessons, for a report. */
  lessons(): readonly Lesson[] {
    const { clients, resources } = this.#configuration;
    return [
      ...clients.map(
        ({ clientId, issuer, origins }): Lesson => ({
          ...{ learned: 'client', clientId, issuer, origins, learnedFrom: CONFIGURATION },
          serverOrigin: webOrigin(issuer) ?? issuer,
        }),
      ),
      ...resources.flatMap(({ host, audiences }) =>
        audiences.map(
          (audience): Lesson => ({
            ...{ learned: 'resource', audience, host, learnedFrom: CONFIGURATION, shownBy: 'configuration' },
          }),
        ),
      ),
    ];
  }
}

export const NOTHING_DECLARED = new Declared(NO_CONFIGURATION, 0);

/** Google's ID tokens may leave the scheme out (https://developers.google.com/identity/openid-connect/openid-connect#validatinganidtoken). */
const SPELLED: Readonly<Record<string, string>> = { 'accounts.google.com': 'https://accounts.google.com' };

const DAY_MS = 86_400_000;

/** The end of a day, in ms since the epoch: what is accepted until then is accepted on it. */
function endOf(day: string): number {
  const start = Date.parse(`${day}T00:00:00Z`);
  return Number.isNaN(start) ? Number.NEGATIVE_INFINITY : start + DAY_MS;
}

function patternOf(text: string): HostPattern | null {
  const pattern = readHostPattern(text);
  return 'expected' in pattern ? null : pattern;
}

function isNearly(a: string, b: string): boolean {
  return a.replace(/\/$/, '') === b.replace(/\/$/, '');
}
