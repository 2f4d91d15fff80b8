import type { SdkId } from './sdk.ts';
import type { Fingerprint, TokenKind } from './token.ts';

/** What the audit learns from traffic. Every lesson is a fact with the exchange that taught it. */
export type Lesson =
  | ClientLesson
  | EndpointLesson
  | MetadataLesson
  | ResourceLesson
  | ProvenanceLesson
  | AuthorizationLesson
  | CodeLesson
  | ContactLesson
  | ApprovalLesson
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
  /** Of ID tokens. */
  readonly flow?: TokenFlow;
}

/**
 * An authorization request, as far as the tokens that answer it are bound to it. Values are named by their SHA-256, so that
 * nothing in it can be replayed.
 */
export interface AuthorizationLesson {
  readonly learned: 'authorization';
  readonly clientId: string;
  readonly serverOrigin: string;
  readonly state: string | null;
  /** null where there was none. */
  readonly nonce: string | null;
  /** The S256 `code_challenge` (RFC 7636 §4.2) as sent. */
  readonly challenge: string | null;
  /** Its parameters stand elsewhere (RFC 9101, RFC 9126): what is missing may be there. */
  readonly isByReference: boolean;
  /** ms since the epoch: what was issued before does not answer it. */
  readonly at: number;
  readonly learnedFrom: string;
}

/** An authorization response brought this code for this state (both by their SHA-256). */
export interface CodeLesson {
  readonly learned: 'code';
  readonly code: string;
  readonly state: string;
  readonly learnedFrom: string;
}

/** A page talked to an origin on this machine or on a private network. */
export interface ContactLesson {
  readonly learned: 'contact';
  readonly origin: string;
  /** True where the page is on this machine itself, or a person typed the address. */
  readonly fromLoopback: boolean;
  readonly learnedFrom: string;
}

/** A person said that this issuer may be asked for its keys. */
export interface ApprovalLesson {
  readonly learned: 'approval';
  readonly issuer: string;
}

/** How a token came: what links it to the authorization request that it answers. */
export interface TokenFlow {
  /** `authorization_response`: through the browser. `code`: for a code, at a token endpoint. `renewal`, `other`: neither. */
  readonly by: 'authorization_response' | 'code' | 'renewal' | 'other';
  /** By SHA-256. */
  readonly state: string | null;
  readonly code: string | null;
  /** What the `code_verifier` makes (RFC 7636 §4.6). */
  readonly challenge: string | null;
  /** What `at_hash` and `c_hash` must be (OpenID Connect Core 1.0 §3.1.3.6, §3.3.2.11); null where none came beside it. */
  readonly atHash: string | null;
  readonly cHash: string | null;
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
  /** How many there were, where not all were read. */
  readonly total?: number;
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
  /** Of the type AKP (ML-DSA). */
  readonly pub?: string;
  /** The issuer that a set of many tenants has this key for; may be a template (Microsoft). */
  readonly issuer?: string;
  /** The private part was published with it: anybody can sign with it. */
  readonly isExposed?: true;
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
