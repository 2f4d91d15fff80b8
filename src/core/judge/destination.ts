import type { Destination, EndpointRole, IssuerMetadata } from '../model/knowledge.ts';
import { parseUrl, placeOf, siteOf, webOrigin } from '../syntax/url.ts';
import { t } from '../text.ts';

/** What the destination depends on: questions to what was learned. */
export interface DestinationFacts {
  readonly endpointRole: (place: string) => EndpointRole | null;
  readonly isServerOrigin: (origin: string) => boolean;
  readonly issuersAt: (origin: string) => readonly IssuerMetadata[];
  readonly isClientOrigin: (origin: string) => boolean;
  readonly audiencesOf: (host: string) => readonly string[];
  /** The host pattern under which a person declared this place as a resource; null where nobody did. */
  readonly declaredAt: (origin: string, path: string) => string | null;
  /** True where a token that the request carries names this origin as its issuer. */
  readonly isNamedAsIssuer: (origin: string) => boolean;
}

/** What the traffic shows of an endpoint, by its role. */
const SHOWN: Readonly<Record<EndpointRole, string>> = {
  authorization_endpoint: t`The traffic shows this URL as authorization endpoint of an authorization server.`,
  token_endpoint: t`The traffic shows this URL as token endpoint of an authorization server.`,
  userinfo_endpoint: t`The traffic shows this URL as userinfo endpoint of an authorization server.`,
  end_session_endpoint: t`The traffic shows this URL as end session endpoint of an authorization server.`,
  introspection_endpoint: t`The traffic shows this URL as introspection endpoint of an authorization server.`,
  revocation_endpoint: t`The traffic shows this URL as revocation endpoint of an authorization server.`,
  pushed_authorization_request_endpoint: t`The traffic shows this URL as pushed authorization request endpoint of an authorization server.`,
  device_authorization_endpoint: t`The traffic shows this URL as device authorization endpoint of an authorization server.`,
  registration_endpoint: t`The traffic shows this URL as registration endpoint of an authorization server.`,
  jwks_uri: t`The traffic shows this URL as jwks uri of an authorization server.`,
  metadata: t`The traffic shows this URL as metadata of an authorization server.`,
};

/**
 * Says where a request went: to an endpoint of an authorization server, to a protected resource, to the app's own
 * origin, to a third party, by what the traffic showed so far.
 * @param url an absolute URL, http(s) or ws(s)
 * @param initiator the origin of the page that made the request, null where there is none
 */
export function destinationOf(url: string, initiator: string | null, facts: DestinationFacts): Destination {
  const parsed = parseUrl(url);
  const origin = webOrigin(url);
  if (parsed === null || origin === null) {
    return {
      role: 'unknown',
      origin: 'null',
      host: '',
      path: '',
      because: t`Its URL names no host.`,
      known: false,
    };
  }
  const place = { origin, host: parsed.host, path: parsed.pathname };
  const endpoint = facts.endpointRole(placeOf(parsed));
  if (endpoint !== null) {
    return { ...place, role: endpoint, because: SHOWN[endpoint], known: true };
  }
  const declared = isWellKnown(parsed.pathname) ? null : facts.declaredAt(origin, parsed.pathname);
  if (declared !== null) {
    const because = t`The configuration declares ${declared} as a resource.`;
    return { ...place, role: 'protected_resource', because, known: true };
  }
  const issuer = facts.issuersAt(origin).find((metadata) => isBelow(parsed.pathname, metadata.issuer));
  const isApp = facts.isClientOrigin(origin) || origin === initiator;
  if (isWellKnown(parsed.pathname) || (issuer !== undefined && !isApp)) {
    const because =
      issuer === undefined
        ? t`It is a metadata document.`
        : t`It belongs to the authorization server ${issuer.issuer}.`;
    return { ...place, role: 'authorization_server', because, known: true };
  }
  if (facts.isServerOrigin(origin) && !isApp && facts.issuersAt(origin).length === 0) {
    const because = t`An authorization or token request went to the same origin.`;
    return { ...place, role: 'authorization_server', because, known: false };
  }
  if (facts.isNamedAsIssuer(origin) && !isApp) {
    const because = t`The token that it takes there names this host as its issuer.`;
    return { ...place, role: 'authorization_server', because, known: false };
  }
  const audiences = facts.audiencesOf(parsed.host);
  if (audiences.length > 0) {
    const because = t`A token for ${audiences.map((audience) => `"${audience}"`).join(', ')} was asked for: that is this host.`;
    return { ...place, role: 'protected_resource', because, known: true };
  }
  if (isApp)
    return {
      ...place,
      role: 'client',
      because: t`It is the app's own origin.`,
      known: facts.isClientOrigin(origin),
    };
  const page = initiator === null ? null : parseUrl(initiator);
  if (page === null) {
    return {
      ...place,
      role: 'unknown',
      because: t`Nothing seen so far says whose host it is.`,
      known: false,
    };
  }
  return siteOf(page.hostname) === siteOf(parsed.hostname)
    ? {
        ...place,
        role: 'protected_resource',
        because: t`It is another host of the app's own site, ${siteOf(page.hostname)}.`,
        known: false,
      }
    : {
        ...place,
        role: 'third_party',
        because: t`It is on another site (${siteOf(parsed.hostname)}) than the app (${siteOf(page.hostname)}), and no token was asked for it.`,
        known: false,
      };
}

/** True for what stands below an issuer's path: `https://sso.example/realms/a` is not `https://sso.example/realms/b`. */
function isBelow(path: string, issuer: string): boolean {
  const root = (parseUrl(issuer)?.pathname ?? '/').replace(/\/$/, '');
  return path === root || path.startsWith(`${root}/`);
}

/** RFC 8615: metadata and key sets, which carry no secrets. */
function isWellKnown(path: string): boolean {
  return path.includes('/.well-known/');
}
