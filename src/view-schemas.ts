/** Schemas of what the panel's larger views show: the map, the timeline, a token's passport. Part of the messages. */
import * as v from 'valibot';
import type { Destination, EndpointRole } from './core/model/knowledge.ts';
import type { AppMap, MapFlow, MapParty, MatrixCell } from './core/model/map.ts';
import type { Passport, PassportHost, Renewal } from './core/model/passport.ts';
import type { Login, LoginStep, Timeline } from './core/model/timeline.ts';
import type { TokenKind } from './core/model/token.ts';
import type { Place, RowVerdict } from './core/model/view.ts';

const array = <T>(item: v.GenericSchema<unknown, T>): v.GenericSchema<unknown, readonly T[]> => v.array(item);
const strings = array(v.string());

const ENDPOINT_ROLES = [
  'authorization_endpoint',
  'token_endpoint',
  'userinfo_endpoint',
  'end_session_endpoint',
  'introspection_endpoint',
  'revocation_endpoint',
  'pushed_authorization_request_endpoint',
  'device_authorization_endpoint',
  'registration_endpoint',
  'jwks_uri',
  'metadata',
] as const satisfies readonly EndpointRole[];

export const endpointRoleSchema: v.GenericSchema<unknown, EndpointRole> = v.picklist(ENDPOINT_ROLES);

export const roleSchema: v.GenericSchema<unknown, Destination['role']> = v.picklist([
  ...ENDPOINT_ROLES,
  'authorization_server',
  'protected_resource',
  'client',
  'third_party',
  'unknown',
]);

export interface ViewSchemas {
  readonly passport: v.GenericSchema<unknown, Passport>;
  readonly map: v.GenericSchema<unknown, AppMap>;
  readonly timeline: v.GenericSchema<unknown, Timeline>;
}

/** @param parts the schemas that these are made with */
export function viewSchemas({
  kind,
  verdict,
  place,
}: {
  readonly kind: v.GenericSchema<unknown, TokenKind>;
  readonly verdict: v.GenericSchema<unknown, RowVerdict>;
  readonly place: v.GenericSchema<unknown, Place>;
}): ViewSchemas {
  const renewal: v.GenericSchema<unknown, Renewal> = v.object({ token: v.string(), place });
  const host: v.GenericSchema<unknown, PassportHost> = v.object({
    host: v.string(),
    role: roleSchema,
    count: v.number(),
    verdicts: array(v.object({ verdict, count: v.number() })),
    row: v.nullable(v.string()),
    firstAt: v.number(),
    lastAt: v.number(),
  });
  const party: v.GenericSchema<unknown, MapParty> = v.object({
    id: v.string(),
    role: v.picklist(['server', 'client', 'backend', 'api', 'third_party', 'unknown']),
    name: v.string(),
    also: strings,
    filter: v.string(),
  });
  const flow: v.GenericSchema<unknown, MapFlow> = v.object({
    from: v.string(),
    to: v.string(),
    says: v.picklist(['sent', 'issued', 'login']),
    kind: v.nullable(kind),
    count: v.number(),
    verdict: v.nullable(verdict),
    filter: v.string(),
  });
  const cell: v.GenericSchema<unknown, MatrixCell> = v.object({
    audience: v.number(),
    host: v.number(),
    count: v.number(),
    verdict,
    filter: v.string(),
  });
  const step: v.GenericSchema<unknown, LoginStep> = v.object({
    does: v.picklist([
      'pushed',
      'asked',
      'asked_silently',
      'returned',
      'refused',
      'exchanged',
      'granted',
      'delivered',
      'used',
      'renewed',
      'revoked',
      'logged_out',
    ]),
    at: v.number(),
    lastAt: v.number(),
    count: v.number(),
    exchange: v.string(),
    host: v.string(),
    verdict: v.nullable(verdict),
    kinds: array(kind),
    term: v.nullable(v.string()),
    scope: strings,
    pkce: v.nullable(v.string()),
  });
  const login: v.GenericSchema<unknown, Login> = v.object({
    id: v.string(),
    clientId: v.nullable(v.string()),
    server: v.nullable(v.string()),
    state: v.picklist(['complete', 'began_before', 'unfinished', 'code_went_on', 'refused']),
    steps: array(step),
    stepsLeftOff: v.number(),
  });
  return {
    passport: v.object({
      issuedAs: v.nullable(kind),
      replaces: v.nullable(renewal),
      replacedBy: v.nullable(renewal),
      hosts: array(host),
      hostsTotal: v.number(),
      counted: v.number(),
    }),
    map: v.object({
      parties: array(party),
      flows: array(flow),
      partiesLeftOff: v.number(),
      matrix: v.object({
        audiences: strings,
        hosts: strings,
        cells: array(cell),
        audiencesLeftOff: v.number(),
        hostsLeftOff: v.number(),
      }),
    }),
    timeline: v.object({ logins: array(login), leftOff: v.number() }),
  };
}
