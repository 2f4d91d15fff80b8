import type { Configuration } from '../model/configuration.ts';
import type {
  ClientLesson,
  EndpointRole,
  IssuerMetadata,
  Lesson,
  ProvenanceLesson,
  ResourceLesson,
  SdkLesson,
  StorageLesson,
} from '../model/knowledge.ts';
import type { Fingerprint } from '../model/token.ts';
import { fingerprint } from '../syntax/fingerprint.ts';
import { issuerUrl, TENANT, tenantIn } from '../syntax/issuer.ts';
import { parseUrl, webOrigin } from '../syntax/url.ts';
import { ClockSkew } from './clock-skew.ts';
import { CONFIGURATION, Declared, NOTHING_DECLARED } from './declared.ts';
import { Flows } from './flows.ts';
import { mayAsk, type Permission } from './permission.ts';

/** What an exchange depends on, and what a lesson touches: `token:…`, `issuer:…`, `audience:…`, `host:…`, `server:…`, `page:…`. */
export type Topic = string;

/** Bounds: a hostile page can teach as much as it likes, we remember this much. */
const MAX_LESSONS = 20_000;
const MAX_TEMPLATES = 16;

/** An app as it is known: merged from every lesson that names its `client_id`. */
export interface Client {
  readonly clientId: string;
  readonly serverOrigins: ReadonlySet<string>;
  readonly origins: ReadonlySet<string>;
  readonly learnedFrom: string;
}

/**
 * Everything learned so far. Only grows (until it is full), so that a lesson can be told twice and in any order.
 * Answers questions; judges nothing.
 */
export class Knowledge {
  readonly #lessons = new Map<string, Lesson>();
  #version = 0;
  readonly #clients = new Map<
    string,
    { serverOrigins: Set<string>; origins: Set<string>; learnedFrom: string }
  >();
  readonly #clientOrigins = new Set<string>();
  readonly #endpoints = new Map<string, EndpointRole>();
  readonly #servers = new Set<string>();
  readonly #metadata = new Map<string, IssuerMetadata>();
  readonly #audiencesByHost = new Map<string, Set<string>>();
  readonly #resources = new Map<string, Set<ResourceLesson['shownBy']>>();
  readonly #provenance = new Map<Fingerprint, ProvenanceLesson>();
  /** Issuers that stand for one of many tenants each. */
  readonly #templates = new Set<string>();
  readonly #approved = new Set<string>();
  /** Origins on this machine and on private networks that pages talked to; true where a page of this machine did. */
  readonly #contacts = new Map<string, boolean>();
  readonly flows = new Flows();
  /** How far this machine's clock is off. */
  readonly clock = new ClockSkew();
  readonly #stored = new Map<Fingerprint, StorageLesson>();
  readonly #sdks = new Map<string, SdkLesson[]>();
  readonly #opaqueLengths = new Set<number>();
  #declared = NOTHING_DECLARED;

  /** The opaque tokens that were issued so far, for whoever looks for them: a live view. */
  readonly issued = {
    lengths: this.#opaqueLengths,
    has: (raw: string): boolean => {
      const name = fingerprint(raw);
      return this.#provenance.has(name) || this.#stored.has(name);
    },
  } as const;

  /** True once any part of a sign-in was seen: a request of a client to its authorization server, or a token that was issued. */
  get sawSignIn(): boolean {
    return this.#provenance.size > 0 || this.#clients.size > 0;
  }

  /**
   * @returns the topics that this lesson changes something about; none where it was known before. An exchange that
   *   depends on one of them is to be judged again.
   */
  add(lesson: Lesson): readonly Topic[] {
    const key = lessonKey(lesson);
    if (this.#lessons.has(key) || this.#lessons.size >= MAX_LESSONS) return [];
    this.#lessons.set(key, lesson);
    this.#version++;
    switch (lesson.learned) {
      case 'client':
        return this.#addClient(lesson);
      case 'endpoint':
        return this.#addEndpoint(lesson.role, lesson.url);
      case 'metadata':
        return this.#addMetadata(lesson.metadata);
      case 'resource':
        return this.#addResource(lesson);
      case 'provenance':
        this.#provenance.set(lesson.token, lesson);
        if (lesson.opaqueLength !== undefined) this.#opaqueLengths.add(lesson.opaqueLength);
        return [`token:${lesson.token}`];
      case 'authorization':
        return this.flows.addRequest(lesson);
      case 'code':
        return this.flows.addCode(lesson);
      case 'contact':
        this.#contacts.set(lesson.origin, lesson.fromLoopback || this.#contacts.get(lesson.origin) === true);
        return [`server:${lesson.origin}`];
      case 'approval':
        this.#approved.add(lesson.issuer);
        return [`issuer:${lesson.issuer}`];
      case 'storage':
        this.#stored.set(lesson.token, lesson);
        if (lesson.opaqueLength !== undefined) this.#opaqueLengths.add(lesson.opaqueLength);
        return [`token:${lesson.token}`];
      case 'sdk':
        this.#sdks.set(lesson.origin, [...this.sdksAt(lesson.origin), lesson]);
        return [`page:${lesson.origin}`];
    }
  }

  /** Counts what was learned: as long as it is the same, every question has the same answer. */
  get version(): number {
    return this.#version;
  }

  /** What a person declared. */
  get declared(): Declared {
    return this.#declared;
  }

  /**
   * Takes what a person declares, in the place of what was declared before. Every verdict may depend on it.
   * @param at ms since the epoch: entries that have expired by then count for nothing
   */
  declare(configuration: Configuration, at: number): void {
    this.#declared = new Declared(configuration, at);
    this.#version++;
  }

  /** Every lesson, to be kept over the background's sleep and told again. */
  lessons(): Iterable<readonly [string, Lesson]> {
    return this.#lessons;
  }

  client(clientId: string): Client | null {
    const client = this.#clients.get(clientId);
    const origins = this.#declared.originsOf(clientId);
    if (client !== undefined)
      return { clientId, ...client, origins: new Set([...client.origins, ...origins]) };
    return this.#declared.hasClient(clientId)
      ? { clientId, serverOrigins: new Set(), origins: new Set(origins), learnedFrom: CONFIGURATION }
      : null;
  }

  /** True where this client_id was seen in use at this issuer, or declared for it: an audience that merely reads alike is no client's. */
  isClientOf(clientId: string, issuer: string | null): boolean {
    if (this.#declared.isClientOf(clientId, issuer)) return true;
    const client = this.#clients.get(clientId);
    if (client === undefined) return false;
    const origins = issuer === null ? [] : this.#originsOfIssuer(issuer);
    return origins.some((origin) => client.serverOrigins.has(origin));
  }

  /** The client_ids that an origin's pages use at an issuer. */
  clientsOf(origin: string, issuer: string | null): readonly string[] {
    const seen = [...this.#clients]
      .filter(([clientId, { origins }]) => origins.has(origin) && this.isClientOf(clientId, issuer))
      .map(([clientId]) => clientId);
    return [...new Set([...seen, ...this.#declared.clientsOf(origin, issuer)])];
  }

  isClientOrigin(origin: string): boolean {
    return this.#clientOrigins.has(origin) || this.#declared.isClientOrigin(origin);
  }

  /** @param place origin and path of a URL */
  endpointRole(place: string): EndpointRole | null {
    return this.#endpoints.get(place) ?? null;
  }

  /** The metadata of an issuer, be it that of many tenants; of one whose name differs by the slash at its end, too. */
  metadata(issuer: string): IssuerMetadata | null {
    const other = issuer.endsWith('/') ? issuer.slice(0, -1) : `${issuer}/`;
    const known = this.#metadata.get(issuer) ?? this.#metadata.get(other);
    if (known !== undefined) return known;
    for (const template of this.#templates) {
      if (tenantIn(issuer, template) !== null) return this.#metadata.get(template) ?? null;
    }
    return null;
  }

  /** Whether an issuer may be asked for its keys, and if not, why. */
  mayAsk(issuer: string): Permission {
    return mayAsk(issuer, {
      isShown: this.isShownAsServer(issuer),
      isApproved: this.#approved.has(issuer),
      contact: (origin) => {
        const fromLoopback = this.#contacts.get(origin);
        return fromLoopback === undefined ? 'none' : fromLoopback ? 'loopback' : 'elsewhere';
      },
    });
  }

  /**
   * True where the traffic shows this issuer as an authorization server: its metadata was read by the app, or an
   * authorization or token request went to its own origin; or a person declared it. Only such an issuer may be asked
   * for keys.
   */
  isShownAsServer(issuer: string): boolean {
    if (this.metadata(issuer) !== null) return true;
    const origin = issuerOrigin(issuer);
    return origin !== null && (this.#servers.has(origin) || this.#declared.isIssuer(issuer));
  }

  /** True for the URL of an authorization server's endpoint, as assertions made for it name it (RFC 7523 §3). */
  isServerPlace(url: string): boolean {
    const role = this.#endpoints.get(url);
    return role !== undefined && SERVER_ROLES.has(role);
  }

  /** True for the origin of an authorization server that the traffic shows. */
  isServerOrigin(origin: string): boolean {
    return this.#servers.has(origin);
  }

  /** The issuers with a path of their own at this origin: there, only what is below that path is theirs. */
  issuersAt(origin: string): readonly IssuerMetadata[] {
    const seen = [...this.#metadata.values()].filter((metadata) => webOrigin(metadata.issuer) === origin);
    const declared = this.#declared
      .issuersAt(origin)
      .filter((issuer) => !this.#metadata.has(issuer))
      .map((issuer) => ({ issuer, jwksUri: null, endpoints: [] }));
    return [...seen, ...declared];
  }

  /** The identifiers that a host is known to answer to. */
  audiencesOf(host: string): readonly string[] {
    return [...(this.#audiencesByHost.get(host) ?? [])];
  }

  /** True where the app asked for a token for this `resource` (RFC 8707 §2). */
  isAskedFor(audience: string): boolean {
    return this.#resources.get(audience)?.has('resource_parameter') === true;
  }

  /**
   * True where the app asked for this audience by a vendor's `audience` parameter: a logical identifier, which need not
   * be a place (https://auth0.com/docs/get-started/apis/api-settings).
   */
  isNamed(audience: string): boolean {
    return this.#resources.get(audience)?.has('audience_parameter') === true;
  }

  /** True where a request with a token for this audience went to the place that it names. */
  isLocated(audience: string): boolean {
    return this.#resources.get(audience)?.has('request') === true;
  }

  provenance(token: Fingerprint): ProvenanceLesson | null {
    return this.#provenance.get(token) ?? null;
  }

  /** What a client library keeps this very token as. */
  stored(token: Fingerprint): StorageLesson | null {
    return this.#stored.get(token) ?? null;
  }

  /** The client libraries that an origin's pages use. */
  sdksAt(origin: string): readonly SdkLesson[] {
    return this.#sdks.get(origin) ?? [];
  }

  #addClient(lesson: ClientLesson): readonly Topic[] {
    const known = this.#clients.get(lesson.clientId);
    const client = known ?? { serverOrigins: new Set(), origins: new Set(), learnedFrom: lesson.learnedFrom };
    this.#clients.set(lesson.clientId, client);
    client.serverOrigins.add(lesson.serverOrigin);
    for (const origin of lesson.origins) {
      client.origins.add(origin);
      this.#clientOrigins.add(origin);
    }
    return [`audience:${lesson.clientId}`, ...lesson.origins.flatMap(hostTopic)];
  }

  #addResource({ audience, host, shownBy }: ResourceLesson): readonly Topic[] {
    const shown = this.#resources.get(audience) ?? new Set();
    this.#resources.set(audience, shown.add(shownBy));
    if (host === null) return [`audience:${audience}`];
    addTo(this.#audiencesByHost, host, audience);
    return [`audience:${audience}`, `host:${host}`];
  }

  #addEndpoint(role: EndpointRole, url: string): readonly Topic[] {
    if (!this.#endpoints.has(url)) this.#endpoints.set(url, role);
    const origin = webOrigin(url);
    if (origin === null) return [];
    if (SERVER_ROLES.has(role)) this.#servers.add(origin);
    return [`server:${origin}`, ...hostTopic(url)];
  }

  #addMetadata(metadata: IssuerMetadata): readonly Topic[] {
    this.#metadata.set(metadata.issuer, metadata);
    const { issuer } = metadata;
    const isTemplate = issuer.includes(TENANT) && this.#templates.size < MAX_TEMPLATES;
    if (isTemplate) this.#templates.add(issuer);
    const topics = metadata.endpoints.flatMap(({ role, url }) => this.#addEndpoint(role, url));
    return [`issuer:${issuer}`, ...topics];
  }

  #originsOfIssuer(issuer: string): readonly string[] {
    const own = issuerOrigin(issuer);
    const metadata = this.metadata(issuer);
    const named = metadata === null ? [] : metadata.endpoints.map(({ url }) => webOrigin(url));
    return [own, ...named].filter((origin) => origin !== null);
  }
}

const SERVER_ROLES: ReadonlySet<EndpointRole> = new Set([
  'authorization_endpoint',
  'token_endpoint',
  'pushed_authorization_request_endpoint',
  'device_authorization_endpoint',
]);

/** An issuer's origin, where it is one that may be asked. */
function issuerOrigin(issuer: string): string | null {
  return issuerUrl(issuer)?.origin ?? null;
}

function hostTopic(url: string): readonly Topic[] {
  const parsed = parseUrl(url);
  return parsed === null ? [] : [`host:${parsed.host}`];
}

function addTo(map: Map<string, Set<string>>, key: string, value: string): void {
  const values = map.get(key) ?? new Set();
  map.set(key, values.add(value));
}

function lessonKey(lesson: Lesson): string {
  switch (lesson.learned) {
    case 'client':
      return `client ${lesson.clientId} ${lesson.serverOrigin} ${lesson.origins.join(' ')}`;
    case 'endpoint':
      return `endpoint ${lesson.role} ${lesson.url}`;
    case 'metadata':
      return `metadata ${lesson.learnedFrom === null ? 'fetched' : 'seen'} ${lesson.metadata.issuer}`;
    case 'resource':
      return `resource ${lesson.shownBy} ${lesson.audience}`;
    case 'provenance':
      return `provenance ${lesson.token}`;
    case 'authorization':
      return `authorization ${lesson.state} ${lesson.challenge} ${lesson.nonce} ${lesson.clientId} ${lesson.serverOrigin}`;
    case 'code':
      return `code ${lesson.code}`;
    case 'contact':
      return `contact ${lesson.fromLoopback} ${lesson.origin}`;
    case 'approval':
      return `approval ${lesson.issuer}`;
    case 'storage':
      return `storage ${lesson.token}`;
    case 'sdk':
      return `sdk ${lesson.origin} ${lesson.sdk}`;
  }
}
