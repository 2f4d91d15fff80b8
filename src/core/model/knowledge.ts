import type { SdkId } from './sdk.ts';
import type { Fingerprint, TokenKind } from './token.ts';

/** What the audit learns from traffic. Every lesson is a fact with the exchange that taught it. */
export type Lesson =
  | ClientLesson
  | EndpointLesson
  | MetadataLesson
  | ResourceLesson
  | ProvenanceLesson
  | StorageLesson
  | SdkLesson;

/** An app's registration at an authorization server, seen in an authorization or token request. */
export interface ClientLesson {
  readonly learned: 'client';
  readonly clientId: string;
  /** The origin of the endpoint that the client_id was sent to. */
  readonly serverOrigin: string;
  /** The app's own origins: of its redirect_uri, of the page that made the request. */
  readonly origins: readonly string[];
  readonly learnedFrom: string;
  /** Where a person declared it: the issuer itself. */
  readonly issuer?: string;
}

/** The role that a URL played in a request: named as in RFC 8414 §2. */
export interface EndpointLesson {
  readonly learned: 'endpoint';
  readonly role: EndpointRole;
  /** Origin and path, without query and fragment. */
  readonly url: string;
  readonly learnedFrom: string;
}

/** Authorization server metadata, from a document whose URL fits its `issuer` (OpenID Connect Discovery 1.0 §4.3, RFC 8414 §3.3). */
export interface MetadataLesson {
  readonly learned: 'metadata';
  readonly metadata: IssuerMetadata;
  readonly learnedFrom: string | null;
}

/**
 * An audience of a protected resource: asked for as RFC 8707 `resource`, or as a vendor's `audience` (which names no
 * place), located by a request that went to the place which its URL names, told by the resource itself (RFC 9728), or
 * declared by a person.
 */
export interface ResourceLesson {
  readonly learned: 'resource';
  readonly audience: string;
  readonly shownBy:
    | 'resource_parameter'
    | 'audience_parameter'
    | 'request'
    | 'resource_metadata'
    | 'configuration';
  /** The host that it locates (a host pattern where it was declared); null where the identifier names no host. */
  readonly host: string | null;
  readonly learnedFrom: string;
}

/** This very token was issued in that response, as that kind. */
export interface ProvenanceLesson {
  readonly learned: 'provenance';
  readonly token: Fingerprint;
  readonly issuedAs: TokenKind;
  readonly issuedIn: string;
  /** ms since the epoch. */
  readonly at: number;
  readonly endpoint: string;
  readonly clientId: string | null;
  /** The audiences that the token request asked for (RFC 8707 §2.2), which an opaque token can't tell itself. */
  readonly resources: readonly string[];
  readonly scope: readonly string[];
  /** How long an opaque token is: only values of such a length are compared with it. */
  readonly opaqueLength?: number;
  /** The origin that a redirect delivered it to. */
  readonly deliveredTo?: string;
}

/** A client library keeps this very token in the page's storage, as that kind. The page could have written so itself. */
export interface StorageLesson {
  readonly learned: 'storage';
  readonly token: Fingerprint;
  readonly says: TokenKind;
  readonly sdk: SdkId;
  /** The page's. */
  readonly origin: string;
  /** `localStorage` or `sessionStorage`. */
  readonly place: string;
  readonly clientId: string | null;
  /** The audiences that it was asked for, by the library's own note. */
  readonly resources: readonly string[];
  /** ms since the epoch. */
  readonly at: number;
  /** How long an opaque token is: only values of such a length are compared with it. */
  readonly opaqueLength?: number;
}

/** A page's client library, by what it tells of itself in its requests or keeps in the page's storage. */
export interface SdkLesson {
  readonly learned: 'sdk';
  readonly sdk: SdkId;
  readonly origin: string;
  /** In words for people. */
  readonly because: string;
  readonly learnedFrom: string;
}

export type EndpointRole =
  | 'authorization_endpoint'
  | 'token_endpoint'
  | 'userinfo_endpoint'
  | 'end_session_endpoint'
  | 'introspection_endpoint'
  | 'revocation_endpoint'
  | 'pushed_authorization_request_endpoint'
  | 'device_authorization_endpoint'
  | 'registration_endpoint'
  | 'jwks_uri'
  | 'metadata';

/** The metadata that the audit uses (RFC 8414 §2, OpenID Connect Discovery 1.0 §3). */
export interface IssuerMetadata {
  readonly issuer: string;
  readonly jwksUri: string | null;
  readonly endpoints: readonly { readonly role: EndpointRole; readonly url: string }[];
}

/** The public keys of an issuer, already freed of what is not a public signature key. */
export interface KeySet {
  readonly keys: readonly PublicJwk[];
}

/** A public JSON Web Key (RFC 7517 §4): the members that verification needs. */
export interface PublicJwk {
  readonly kty: string;
  readonly kid?: string;
  readonly alg?: string;
  readonly use?: string;
  readonly key_ops?: readonly string[];
  readonly n?: string;
  readonly e?: string;
  readonly crv?: string;
  readonly x?: string;
  readonly y?: string;
}

/** Where a request went, by what is known. */
export interface Destination {
  readonly role:
    | EndpointRole
    | 'authorization_server'
    | 'protected_resource'
    | 'client'
    | 'third_party'
    | 'unknown';
  readonly origin: string;
  readonly host: string;
  readonly path: string;
  /** Why it is held for that, in words for people. */
  readonly because: string;
  /** True where the traffic (or a person) said so, false where it is only the likeliest. */
  readonly known: boolean;
}

/** How a token's audience compares with where the request went. */
export interface AudienceComparison {
  readonly outcome: 'meant' | 'not_meant' | 'cannot_tell';
  /** Confidence in `not_meant`: `certain` where the audience's place or the host's identifiers are known. */
  readonly certain: boolean;
  readonly text: string;
}
