import * as v from 'valibot';
import type { UnseenReason } from '../core/model/exchange.ts';
import type { IssuerMetadata, Lesson, TokenFlow } from '../core/model/knowledge.ts';
import type { ProtocolMessage } from '../core/model/protocol.ts';
import type { ExchangeRecord, TokenRecord } from '../core/model/record.ts';
import type { SdkId } from '../core/model/sdk.ts';
import { unseenReasonSchema } from '../schemas/exchange.ts';
import { endpointRoleSchema } from '../schemas/role.ts';
import { kindSchema, locationSchema, signatureSchema } from '../schemas/token.ts';

/** What is kept in `storage.session`, as schemas: another version of the extension may have written it. */
const strings: v.GenericSchema<unknown, readonly string[]> = v.array(v.string());

const message: v.GenericSchema<unknown, ProtocolMessage> = v.variant('message', [
  v.object({
    message: v.literal('authorization_request'),
    clientId: v.string(),
    responseType: strings,
    responseMode: v.nullable(v.string()),
    scope: strings,
    hasState: v.boolean(),
    hasNonce: v.boolean(),
    codeChallengeMethod: v.nullable(v.string()),
    isByReference: v.boolean(),
    isSilent: v.exactOptional(v.literal(true)),
  }),
  v.object({
    message: v.literal('token_request'),
    clientId: v.nullable(v.string()),
    grantType: v.string(),
    clientSecret: v.nullable(v.picklist(['body', 'basic'])),
    hasCodeVerifier: v.boolean(),
  }),
  v.object({
    message: v.literal('authorization_response'),
    brings: v.picklist(['code', 'tokens', 'error']),
    error: v.nullable(v.string()),
  }),
  v.object({ message: v.literal('end_session_request'), hasIdTokenHint: v.boolean() }),
]);

export const recordSchema: v.GenericSchema<unknown, ExchangeRecord> = v.object({
  id: v.string(),
  order: v.number(),
  at: v.number(),
  tab: v.nullable(v.number()),
  witness: v.picklist(['web_request', 'devtools', 'har']),
  method: v.string(),
  url: v.string(),
  urlHash: v.string(),
  initiator: v.nullable(v.string()),
  status: v.nullable(v.number()),
  seenInDevtools: v.boolean(),
  listedAt: v.exactOptional(v.number()),
  listedMs: v.exactOptional(v.number()),
  sentAs: v.exactOptional(v.string()),
  sightings: v.array(
    v.object({
      location: locationSchema,
      name: v.string(),
      scheme: v.nullable(v.string()),
      token: v.string(),
    }),
  ),
  message: v.nullable(message),
});

export const tokenSchema: v.GenericSchema<unknown, TokenRecord> = v.object({
  fingerprint: v.string(),
  raw: v.string(),
  signature: signatureSchema,
});

export const unseenSchema: v.GenericSchema<
  unknown,
  { readonly reason: UnseenReason; readonly count: number }
> = v.object({ reason: unseenReasonSchema, count: v.number() });

export const metadataSchema: v.GenericSchema<unknown, IssuerMetadata> = v.object({
  issuer: v.string(),
  jwksUri: v.nullable(v.string()),
  endpoints: v.array(v.object({ role: endpointRoleSchema, url: v.string() })),
});

const flow: v.GenericSchema<unknown, TokenFlow> = v.object({
  by: v.picklist(['authorization_response', 'code', 'renewal', 'other']),
  state: v.nullable(v.string()),
  code: v.nullable(v.string()),
  challenge: v.nullable(v.string()),
  atHash: v.nullable(v.string()),
  cHash: v.nullable(v.string()),
});
const sdk: v.GenericSchema<unknown, SdkId> = v.picklist([
  'oidc-client-ts',
  'auth0-spa-js',
  'msal-browser',
  'okta-auth-js',
  'keycloak-js',
  'aws-amplify',
  'firebase',
  'appauth-js',
  'supabase-js',
  'clerk-js',
  'angular-oauth2-oidc',
  'google-identity-services',
]);

export const lessonSchema: v.GenericSchema<unknown, Lesson> = v.variant('learned', [
  v.object({
    learned: v.literal('client'),
    clientId: v.string(),
    serverOrigin: v.string(),
    origins: strings,
    learnedFrom: v.string(),
  }),
  v.object({
    learned: v.literal('endpoint'),
    role: endpointRoleSchema,
    url: v.string(),
    learnedFrom: v.string(),
  }),
  v.object({
    learned: v.literal('metadata'),
    metadata: metadataSchema,
    learnedFrom: v.nullable(v.string()),
  }),
  v.object({
    learned: v.literal('resource'),
    audience: v.string(),
    shownBy: v.picklist(['resource_parameter', 'audience_parameter', 'request', 'resource_metadata']),
    host: v.nullable(v.string()),
    learnedFrom: v.string(),
  }),
  v.object({
    learned: v.literal('provenance'),
    token: v.string(),
    issuedAs: kindSchema,
    issuedIn: v.string(),
    at: v.number(),
    endpoint: v.string(),
    clientId: v.nullable(v.string()),
    resources: strings,
    scope: strings,
    opaqueLength: v.exactOptional(v.number()),
    deliveredTo: v.exactOptional(v.string()),
    flow: v.exactOptional(flow),
  }),
  v.object({
    learned: v.literal('authorization'),
    clientId: v.string(),
    serverOrigin: v.string(),
    state: v.nullable(v.string()),
    nonce: v.nullable(v.string()),
    challenge: v.nullable(v.string()),
    isByReference: v.boolean(),
    at: v.number(),
    learnedFrom: v.string(),
  }),
  v.object({ learned: v.literal('code'), code: v.string(), state: v.string(), learnedFrom: v.string() }),
  v.object({
    learned: v.literal('contact'),
    origin: v.string(),
    fromLoopback: v.boolean(),
    learnedFrom: v.string(),
  }),
  v.object({ learned: v.literal('approval'), issuer: v.string() }),
  v.object({
    learned: v.literal('storage'),
    token: v.string(),
    says: kindSchema,
    sdk,
    origin: v.string(),
    place: v.string(),
    clientId: v.nullable(v.string()),
    resources: strings,
    at: v.number(),
    opaqueLength: v.exactOptional(v.number()),
  }),
  v.object({
    learned: v.literal('sdk'),
    sdk,
    origin: v.string(),
    because: v.string(),
    learnedFrom: v.string(),
  }),
]);
