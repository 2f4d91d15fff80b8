import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Audit } from '../../../src/core/audit.ts';
import { ALL_RULES } from '../../../src/core/judge/rules/index.ts';
import type { HttpExchange } from '../../../src/core/model/exchange.ts';
import type { JsonObject } from '../../../src/core/model/json.ts';
import type { AuditReport } from '../../../src/core/model/report.ts';
import { buildReport, type ReportFrame } from '../../../src/core/report/audit-report.ts';
import { FORMATS, renderReport } from '../../../src/core/report/render-report.ts';
import { fingerprint } from '../../../src/core/syntax/fingerprint.ts';
import { AT } from '../../fixtures/case.ts';
import { bearer, exchange, form, json } from '../../fixtures/exchange.ts';
import { jwt } from '../../fixtures/jwt.ts';

const ISSUER = 'https://login.example/realms/shop';
const APP = 'https://app.example';
const API = 'https://api.example';
const NOW_S = AT / 1000;
const SIGNATURE = 'U2lnbmF0dXJlVGhhdE5vYm9keU1heVNlZQ';
const KEY_ID = 'E9WLd6rU39r7mwfGib3l';

const FRAME: ReportFrame = {
  version: '1.2.3',
  session: { name: 'a session', source: 'har', steps: [] },
  entryOf: (id) => ({ file: 'a.har', index: Number(id) }),
};

function token(claims: JsonObject): string {
  const times = { iat: NOW_S - 10, exp: NOW_S + 3600 };
  return jwt({ alg: 'RS256', kid: KEY_ID }, { iss: ISSUER, ...times, ...claims }, SIGNATURE);
}

const ACCESS_TOKEN = token({ aud: API, sub: 'ada', scope: 'read write', client_id: 'the-app' });
const ID_TOKEN = token({ aud: 'the-app', sub: 'ada', nonce: 'n', auth_time: NOW_S - 60, at_hash: 'h' });

function reportOf(exchanges: readonly HttpExchange[]): AuditReport {
  const audit = new Audit();
  for (const one of exchanges) audit.observe(one);
  return buildReport(audit.reportFacts(), FRAME);
}

const LOGIN: readonly HttpExchange[] = [
  exchange({
    id: '0',
    at: AT - 3000,
    witness: 'har',
    tab: null,
    url: `${ISSUER}/.well-known/openid-configuration`,
    response: json({
      issuer: ISSUER,
      authorization_endpoint: `${ISSUER}/auth`,
      token_endpoint: `${ISSUER}/token`,
      jwks_uri: `${ISSUER}/jwks`,
    }),
  }),
  exchange({
    id: '1',
    at: AT - 2000,
    witness: 'har',
    tab: null,
    url: `${ISSUER}/auth?client_id=the-app&response_type=code&redirect_uri=${APP}/cb&resource=${API}&state=s&nonce=n`,
    destination: 'document',
    initiator: null,
  }),
  exchange({
    id: '2',
    at: AT - 1000,
    witness: 'har',
    tab: null,
    url: `${ISSUER}/token`,
    method: 'POST',
    requestBody: form({
      grant_type: 'authorization_code',
      client_id: 'the-app',
      code: 'c',
      code_verifier: 'v',
    }),
    response: json({ token_type: 'Bearer', access_token: ACCESS_TOKEN, id_token: ID_TOKEN }),
  }),
  exchange({ id: '4', witness: 'har', tab: null, url: `${API}/b`, requestHeaders: bearer(ID_TOKEN) }),
  exchange({
    id: '3',
    at: AT - 500,
    witness: 'har',
    tab: null,
    url: `${API}/a`,
    requestHeaders: bearer(ACCESS_TOKEN),
    response: json({}),
  }),
];

describe('the report of a login and its calls', () => {
  const report = reportOf(LOGIN);

  it('bears its version, its tool and its session', () => {
    expect(report).toMatchObject({
      schemaVersion: '1.0',
      tool: { name: 'aud-it', version: '1.2.3' },
      session: {
        ...{ name: 'a session', source: 'har', steps: [] },
        startedAt: new Date(AT - 3000).toISOString(),
        endedAt: new Date(AT).toISOString(),
      },
      coverage: { exchanges: 5, withToken: 2, unseen: [] },
    });
  });

  it('lists every exchange that carried a token or taught something, oldest first, with its place', () => {
    const listed = report.exchanges.map(({ id, role, sightings }) => [id, role, sightings.length]);
    expect(listed).toEqual([
      ['0', 'metadata', 0],
      ['1', 'authorization_endpoint', 0],
      ['2', 'token_endpoint', 0],
      ['3', 'protected_resource', 1],
      ['4', 'protected_resource', 1],
    ]);
    expect(report.exchanges[3]).toEqual({
      ...{ id: '3', entry: { file: 'a.har', index: 3 }, at: new Date(AT - 500).toISOString() },
      ...{ method: 'GET', url: `${API}/a`, initiator: APP, role: 'protected_resource', status: 200 },
      sightings: [
        { location: 'authorization_header', name: 'Authorization', token: fingerprint(ACCESS_TOKEN) },
      ],
    });
  });

  it('names clients and resources with the exchange that showed them', () => {
    expect(report.clients).toEqual([
      { clientId: 'the-app', issuer: ISSUER, origins: [APP], learnedFrom: '1' },
    ]);
    expect(report.resources).toEqual([{ host: 'api.example', audiences: [API], learnedFrom: '1' }]);
  });

  it('tells a token’s kind, evidence, identifiers, times, checks and journey', () => {
    expect(report.tokens.find((one) => one.kind === 'access_token')).toMatchObject({
      fingerprint: fingerprint(ACCESS_TOKEN),
      confidence: 'certain',
      issuer: ISSUER,
      audience: [API],
      clientId: 'the-app',
      scope: ['read', 'write'],
      issuedAt: NOW_S - 10,
      expiresAt: NOW_S + 3600,
      signature: { status: 'unverifiable', reason: 'not_checked_yet', keyId: KEY_ID },
      issuedIn: '2',
      usedIn: ['3'],
    });
    const [evidence] = report.tokens[0]?.evidence ?? [];
    expect(evidence).toMatchObject({
      source: 'provenance',
      text: `This very token was issued as "access_token" in a response of ${ISSUER}/token.`,
      exchange: '2',
    });
  });

  it('has each finding with why, how to fix it, and references', () => {
    const found = report.findings.filter(({ outcome }) => outcome === 'failed');
    expect(found.map(({ ruleId, exchange: id }) => [ruleId, id])).toContainEqual(['id-token-as-bearer', '4']);
    const finding = found.find(({ ruleId }) => ruleId === 'id-token-as-bearer');
    expect(finding).toMatchObject({ severity: 'error', token: fingerprint(ID_TOKEN) });
    expect(finding?.what).toContain('"the-app"');
    expect(finding?.why).not.toBe('');
    expect(finding?.references[0]?.url).toMatch(/^https:/);
    expect(finding).not.toHaveProperty('accepted');
  });

  it('is plain JSON', () => {
    expect(JSON.parse(JSON.stringify(report))).toEqual(report);
  });
});

describe('a token over several requests', () => {
  it('has of each check the worst that came of it', () => {
    const late = exchange({
      id: '9',
      at: AT + 7_200_000,
      url: `${API}/a`,
      requestHeaders: bearer(ACCESS_TOKEN),
    });
    const early = exchange({ id: '10', at: AT, url: `${API}/a`, requestHeaders: bearer(ACCESS_TOKEN) });
    for (const order of [
      [early, late],
      [late, early],
    ]) {
      const [only] = reportOf(order).tokens;
      expect(only?.checks.find(({ id }) => id === 'exp')?.outcome).toBe('failed');
      expect(only?.usedIn).toEqual(['10', '9']);
    }
  });
});

/** One secret of each sort, in each place that an exchange has. */
const SECRETS: Readonly<Record<string, string>> = {
  query: 'Qs3cr3tQuery9f8e7d6c',
  fragment: 'Fs3cr3tFragment1a2b',
  code: 'SplxlOBeZQQYbYS6WxSbIA',
  state: 'xyzS3cr3tState42',
  nonce: 'n-0S6_WzA2MjS3cr3t',
  password: 'correct-horse-battery',
  formSecret: 'gX1fBat3bVClientSecret',
  jsonSecret: 'deepNestedS3cr3tValue',
  cookie: 'S3ss10nC00kieValue',
  basic: 'dGhlLWFwcDpnWDFmQmF0M2JW',
  opaque: 'mF_9.B5f-4.1JqM-opaque',
  refresh: 'tGzv3JOkF0XG5Qx2TlKWIA',
  apiKey: 'AIzaSyS3cr3tApiKeyValue0123456789',
  errorText: 'user ada.byron@people.example is locked since S3cr3tErr',
  header: 'X-S3cr3t-Header-Value-77',
  path: '9b1deb4d-3b7d-4bad-9bdd-2b0d7b3dcb6d',
  pathNumber: '48151623',
  subject: 'auth0|5f7c8ec7c33c6c004bbafe82',
  email: 'ada.byron@people.example',
  name: 'Ada Byron',
  familyName: 'Lovelace',
  phone: '+44 20 7946 0958',
  username: 'countess',
  claim: 'aPrivateClaimNobodyMaySee',
};

const SECRET_TOKEN = token({
  aud: ['the-app', 'https://api.example/?key=Qs3cr3tQuery9f8e7d6c', 'ada.byron@people.example'],
  sub: SECRETS['subject'] ?? '',
  email: SECRETS['email'] ?? '',
  name: SECRETS['name'] ?? '',
  family_name: SECRETS['familyName'] ?? '',
  preferred_username: SECRETS['username'] ?? '',
  phone_number: SECRETS['phone'] ?? '',
  nonce: SECRETS['nonce'] ?? '',
  at_hash: 'MTIzNDU2Nzg5MGFiY2RlZg',
  'https://app.example/private': { deep: [SECRETS['claim'] ?? ''] },
});

function secretive(): readonly HttpExchange[] {
  const s = (name: string): string => SECRETS[name] ?? '';
  const nested = { a: [{ b: { token: SECRET_TOKEN, secret: s('jsonSecret') }, [s('email')]: SECRET_TOKEN }] };
  return [
    ...LOGIN,
    exchange({
      id: '20',
      url: `https://user:${s('password')}@third.test/u/${s('path')}/o/${s('pathNumber')}/${s('username')}/${encodeURIComponent(s('email'))}/${SECRET_TOKEN}?q=${s('query')}&id_token=${SECRET_TOKEN}&${s('apiKey')}&code=${s('code')}&login_hint=${s('email')}#access_token=${s('fragment')}&state=${s('state')}`,
      method: 'POST',
      requestHeaders: [
        ...bearer(SECRET_TOKEN),
        { name: 'Cookie', value: `sid=${s('cookie')}; t=${SECRET_TOKEN}` },
        { name: 'X-Api-Key', value: s('apiKey') },
        { name: `X-${s('email')}`, value: SECRET_TOKEN },
        { name: 'X-Other', value: s('header') },
      ],
      requestBody: { form: 'text', mediaType: 'application/json', text: JSON.stringify(nested) },
      response: {
        status: 400,
        headers: [{ name: 'Set-Cookie', value: `sid=${s('cookie')}` }],
        body: {
          form: 'text',
          mediaType: 'application/json',
          text: JSON.stringify({ error: s('errorText') }),
        },
      },
    }),
    exchange({
      id: '21',
      url: `${ISSUER}/token`,
      method: 'POST',
      requestHeaders: [{ name: 'Authorization', value: `Basic ${s('basic')}` }],
      requestBody: form({
        ...{ grant_type: 'password', username: s('username'), password: s('password') },
        ...{ client_secret: s('formSecret'), refresh_token: s('refresh'), client_id: 'the-app' },
      }),
      response: json({
        ...{
          token_type: 'Bearer',
          access_token: s('opaque'),
          refresh_token: s('refresh'),
          id_token: SECRET_TOKEN,
        },
        ...{ error_description: s('errorText') },
      }),
    }),
    // A client_id may be a token by mistake, and an error page may quote one.
    exchange({
      id: '24',
      url: `${ISSUER}/auth?client_id=${SECRET_TOKEN}&response_type=token&redirect_uri=${APP}/${s('path')}&login_hint=${s('email')}`,
      destination: 'document',
      response: {
        status: 500,
        headers: [],
        body: { form: 'text', mediaType: 'text/html', text: `<p>${s('errorText')} ${SECRET_TOKEN}</p>` },
      },
    }),
    exchange({ id: '22', url: `${API}/me`, requestHeaders: bearer(s('opaque')) }),
    exchange({
      id: '23',
      url: `${APP}/cb#id_token=${SECRET_TOKEN}&state=${s('state')}`,
      destination: 'document',
    }),
  ];
}

describe.each(FORMATS)('nothing of a session full of secrets is in its report as %s', (format) => {
  const audit = new Audit();
  for (const one of secretive()) audit.observe(one);
  audit.setSignature(fingerprint(SECRET_TOKEN), {
    status: 'unverifiable',
    reason: 'issuer_unreachable',
    text: `Checking it failed: Error at https://login.example/x?key=${SECRETS['query']} for "${SECRETS['email']}": ${SECRET_TOKEN}`,
  });
  const report = buildReport(audit.reportFacts(), FRAME);
  const text = renderReport(report, format, { colour: false, rules: ALL_RULES, failOn: 'notice' });

  it('of which there is much to say', () => {
    expect(report.findings.filter(({ outcome }) => outcome === 'failed').length).toBeGreaterThan(3);
    expect(report.exchanges.map(({ id }) => id)).toEqual(expect.arrayContaining(['20', '21', '22', '23']));
  });

  it.each(Object.entries(SECRETS))('%s', (_name, secret) => {
    for (const written of [secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1)]) {
      expect(text).not.toContain(written);
      // As Markdown escapes it.
      expect(text.replaceAll('\\', '')).not.toContain(written);
    }
  });

  it('no token, nor any part of one', () => {
    for (const one of [SECRET_TOKEN, ACCESS_TOKEN, ID_TOKEN]) {
      expect(text).not.toContain(one);
      for (const part of one.split('.')) expect(text).not.toContain(part);
    }
    expect(text).not.toContain('eyJ');
  });

  it('no word of a person’s', () => {
    for (const word of ['Ada', 'Byron', 'Lovelace', 'countess', 'people.example', '5f7c8ec7']) {
      expect(text).not.toMatch(new RegExp(`\\b${word}`));
    }
  });

  it('but the names of parameters and headers, and what the parties are called', () => {
    const url = report.exchanges.find(({ id }) => id === '20')?.url;
    expect(url).toBe(
      'https://third.test/u/***/o/***/***/***/***?q=…&id_token=…&…=…&code=…&login_hint=…#access_token=…&state=…',
    );
    const names = format === 'json' ? ['the-app', ISSUER, KEY_ID, 'api.example'] : ['third.test'];
    for (const name of names) expect(text).toContain(name);
  });
});

describe('hostile facts', () => {
  it('a moment that is none does not make it throw', () => {
    for (const at of [Number.NaN, Number.POSITIVE_INFINITY, -1e300]) {
      const report = reportOf([
        exchange({ id: '1', at, url: `${API}/a`, requestHeaders: bearer(ACCESS_TOKEN) }),
      ]);
      expect(report.exchanges[0]?.at).toMatch(/Z$/);
    }
  });

  it('whatever a token claims, it never throws, stays bounded, and names nobody', () => {
    const claims = fc.dictionary(fc.string({ maxLength: 20 }), fc.jsonValue());
    const odd = fc.oneof(fc.string({ unit: 'binary', maxLength: 60 }), fc.webUrl(), fc.emailAddress());
    fc.assert(
      fc.property(claims, odd, odd, fc.webUrl(), (more, iss, aud, url) => {
        const raw = jwt(
          { alg: 'RS256' },
          { ...JSON.parse(JSON.stringify(more)), iss, aud, sub: 'Wilhelmina' },
        );
        const text = JSON.stringify(
          reportOf([
            exchange({
              id: '1',
              url: `${url.replace(/[?#].*/s, '')}/Wilhelmina`,
              requestHeaders: bearer(raw),
            }),
          ]),
        );
        expect(text).not.toContain('Wilhelmina');
        expect(text).not.toContain(raw);
        expect(text.length).toBeLessThan(100_000);
      }),
      { numRuns: 200 },
    );
  });
});
