import * as v from 'valibot';
import type { Destination, EndpointRole } from '../core/model/knowledge.ts';

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
