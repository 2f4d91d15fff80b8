import { mkdtempSync, rmSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll } from 'vitest';
import { run, type Surroundings } from '../../src/cli/run.ts';
import type { JsonObject } from '../../src/core/model/json.ts';
import type { AuditReport } from '../../src/core/model/report.ts';
import { harEntry, harJson, type ToldEntry } from '../fixtures/har.ts';
import { jwt } from '../fixtures/jwt.ts';

export const LAB = new URL('../fixtures/har/lab-login.har', import.meta.url).pathname;
export const LAB_KEYS = new URL('../fixtures/har/lab-login.jwks.json', import.meta.url).pathname;

export const ISSUER = 'https://login.example';
const APP = 'https://app.example';
const API = 'https://api.example';
export const AT = '2026-01-01T00:00:00.000Z';
export const AT_S = Date.parse(AT) / 1000;

/** A folder of the test file that imports this; gone when its tests are done. */
export const folder = mkdtempSync(join(tmpdir(), 'aud-it-cli-'));
afterAll(() => rmSync(folder, { recursive: true }));

export interface Ran {
  readonly status: number;
  readonly out: string;
  readonly complaints: readonly string[];
}

/** Runs the command, long after the traffic was recorded, without a network. */
export async function aud(argv: readonly string[], world: Partial<Surroundings> = {}): Promise<Ran> {
  let out = '';
  const complaints: string[] = [];
  const status = await run(argv, {
    version: '1.2.3',
    folder,
    now: () => Date.parse(AT) + 86_400_000 * 400,
    online: () => {
      throw new Error('a connection would be opened');
    },
    input: Readable.from([]),
    out: (text) => {
      out += text;
    },
    complain: (line) => complaints.push(line),
    colour: false,
    progress: null,
    ...world,
  });
  return { status, out, complaints };
}

/** Writes a file into the test's folder. @returns its path */
export async function file(name: string, text: string | Uint8Array): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, text);
  return path;
}

/** Audits, and gives the report with what else came of it. */
export async function report(
  argv: readonly string[],
  world: Partial<Surroundings> = {},
): Promise<AuditReport & Ran> {
  const ran = await aud(['audit', ...argv, '--format', 'json'], world);
  const told: AuditReport = JSON.parse(ran.out);
  return { ...told, ...ran };
}

export const call = (token: string, told: Partial<ToldEntry> = {}): object =>
  harEntry({
    url: `${API}/things`,
    at: AT,
    headers: { Authorization: `Bearer ${token}`, Origin: APP },
    ...told,
  });

export const login = (): object =>
  harEntry({
    url: `${ISSUER}/auth?client_id=the-app&response_type=code&redirect_uri=${APP}/cb&resource=${API}&state=s&nonce=n&code_challenge=c&code_challenge_method=S256`,
    at: AT,
    headers: { 'Sec-Fetch-Dest': 'document' },
  });

export const discovery = (): object =>
  harEntry({
    url: `${ISSUER}/.well-known/openid-configuration`,
    at: AT,
    response: harJson({
      ...{ issuer: ISSUER, authorization_endpoint: `${ISSUER}/auth`, token_endpoint: `${ISSUER}/token` },
      jwks_uri: `${ISSUER}/jwks`,
    }),
  });

export const published = (keys: readonly object[]): object =>
  harEntry({ url: `${ISSUER}/jwks`, at: AT, response: harJson({ keys }) });

export const access = (claims: JsonObject = {}): JsonObject => ({
  ...{ iss: ISSUER, sub: 'ada', aud: API, scope: 'read', client_id: 'the-app' },
  ...{ iat: AT_S - 10, exp: AT_S + 600, jti: 'x' },
  ...claims,
});

export const idToken = jwt(
  { alg: 'RS256', kid: 'k1' },
  { iss: ISSUER, sub: 'ada', aud: 'the-app', nonce: 'n', iat: AT_S - 10, exp: AT_S + 600 },
);
