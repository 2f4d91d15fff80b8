/** What the panel's larger views show: the map, the timeline, a token's passport. */
import * as v from 'valibot';
import type { AppMap, MapFlow, MapParty, MatrixCell } from '../core/model/map.ts';
import type { Passport, PassportHost, Renewal } from '../core/model/passport.ts';
import type { Login, LoginStep, Timeline } from '../core/model/timeline.ts';
import { array, strings } from './lists.ts';
import { roleSchema } from './role.ts';
import { placeSchema, verdictSchema } from './row.ts';
import { kindSchema } from './token.ts';

const renewal: v.GenericSchema<unknown, Renewal> = v.object({ token: v.string(), place: placeSchema });
const host: v.GenericSchema<unknown, PassportHost> = v.object({
  host: v.string(),
  role: roleSchema,
  count: v.number(),
  verdicts: array(v.object({ verdict: verdictSchema, count: v.number() })),
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
  kind: v.nullable(kindSchema),
  count: v.number(),
  verdict: v.nullable(verdictSchema),
  filter: v.string(),
});
const cell: v.GenericSchema<unknown, MatrixCell> = v.object({
  audience: v.number(),
  host: v.number(),
  count: v.number(),
  verdict: verdictSchema,
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
  verdict: v.nullable(verdictSchema),
  kinds: array(kindSchema),
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

export const passportSchema: v.GenericSchema<unknown, Passport> = v.object({
  issuedAs: v.nullable(kindSchema),
  replaces: v.nullable(renewal),
  replacedBy: v.nullable(renewal),
  hosts: array(host),
  hostsTotal: v.number(),
  counted: v.number(),
});

export const mapSchema: v.GenericSchema<unknown, AppMap> = v.object({
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
});

export const timelineSchema: v.GenericSchema<unknown, Timeline> = v.object({
  logins: array(login),
  leftOff: v.number(),
});
