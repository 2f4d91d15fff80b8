import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MESSAGE_RULES, RULES } from '../../../src/core/judge/rules/index.ts';
import type { Case, JudgedRequest, MessageCase, Verdict } from '../../../src/core/model/finding.ts';
import type { JsonObject, JsonValue } from '../../../src/core/model/json.ts';
import type { CheckedToken, SignatureState } from '../../../src/core/model/token.ts';

/** Text as an attacker or a vendor may write it: what rules look for, addresses, anything. */
const text = fc.oneof(
  { weight: 2, arbitrary: fc.string({ maxLength: 24 }) },
  { weight: 1, arbitrary: fc.webUrl() },
  {
    weight: 3,
    arbitrary: fc.constantFrom(
      ...['', 'RS256', 'HS256', 'RSA1_5', 'none', 'at+jwt', 'id_token', 'access_token', 'id_token_hint'],
      ...['__proto__', 'constructor', 'https://op.example', 'not a url', 'https://[::1]:8080', 'null', '~'],
    ),
  },
);
/** Words of our own, which are never empty. */
const said = fc.string({ minLength: 1, maxLength: 24 });
const origin = fc.oneof(
  text,
  fc.constantFrom('https://app.example', 'https://api.example', 'http://localhost:3000', 'https://10.0.0.1'),
);
const json: fc.Arbitrary<JsonValue> = fc.letrec<{ value: JsonValue }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 2 },
    fc.constant(null),
    fc.boolean(),
    fc.double(),
    text,
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(text, tie('value'), { maxKeys: 3 }),
  ),
})).value;
const CLAIMS = [
  'iss',
  'sub',
  'aud',
  'azp',
  'exp',
  'nbf',
  'iat',
  'alg',
  'enc',
  'typ',
  'role',
  'aal',
  'session_id',
];
const object: fc.Arbitrary<JsonObject> = fc.dictionary(fc.oneof(fc.constantFrom(...CLAIMS), text), json, {
  maxKeys: 8,
});

const kind = fc.constantFrom(
  ...([
    'id_token',
    'access_token',
    'refresh_token',
    'logout_token',
    'dpop_proof',
    'client_assertion',
  ] as const),
  ...(['request_object', 'authorization_response', 'security_event', 'session_token'] as const),
  ...(['unknown_jwt', 'encrypted', 'opaque'] as const),
);
const location = fc.constantFrom(
  ...([
    'authorization_header',
    'header',
    'cookie',
    'query',
    'fragment',
    'form_body',
    'multipart_body',
  ] as const),
  ...([
    'json_body',
    'text_body',
    'redirect',
    'websocket_protocol',
    'websocket_message',
    'response_body',
  ] as const),
);
const role = fc.constantFrom(
  ...(['authorization_endpoint', 'token_endpoint', 'userinfo_endpoint', 'end_session_endpoint'] as const),
  ...([
    'introspection_endpoint',
    'revocation_endpoint',
    'registration_endpoint',
    'jwks_uri',
    'metadata',
  ] as const),
  ...(['pushed_authorization_request_endpoint', 'device_authorization_endpoint'] as const),
  ...(['authorization_server', 'protected_resource', 'client', 'third_party', 'unknown'] as const),
);
const outcome = fc.constantFrom('passed', 'failed', 'cantTell', 'inapplicable');
const evidence = fc.record({
  source: fc.constantFrom('provenance', 'typing', 'audience', 'claims', 'parameter', 'storage', 'vendor'),
  says: kind,
  text,
  exchange: fc.option(text),
});
const signature: fc.Arbitrary<SignatureState> = fc.oneof(
  fc.record({ status: fc.constant('verified'), keyId: fc.option(text) }),
  fc.record({ status: fc.constant('invalid'), reason: text, keyId: fc.option(text) }),
  fc.record({ status: fc.constant('unsecured') }),
  fc.record({
    status: fc.constant('unverifiable'),
    reason: fc.constantFrom('not_checked_yet', 'issuer_mismatch', 'no_matching_key', 'symmetric', 'opaque'),
    text: said,
  }),
);
const common = {
  fingerprint: text,
  classification: fc.record({
    kind,
    confidence: fc.constantFrom('certain', 'strong', 'weak'),
    evidence: fc.array(evidence, { maxLength: 2 }),
  }),
  signature,
  checks: fc.array(
    fc.record({ id: fc.constantFrom('signature', 'iss', 'aud', 'exp', 'nbf', 'iat'), outcome, text }),
    { maxLength: 4 },
  ),
  guessableSecret: fc.boolean(),
};
const token: fc.Arbitrary<CheckedToken> = fc.oneof(
  fc.record({ ...common, form: fc.constant('jwt'), header: object, claims: object, unsigned: fc.boolean() }),
  fc.record({ ...common, form: fc.constant('jwe'), header: object }),
  fc.record({ ...common, form: fc.constant('opaque') }),
  fc.record({ ...common, form: fc.constant('malformed'), reason: text }),
);
const request: fc.Arbitrary<JudgedRequest> = fc.record({
  method: fc.constantFrom('GET', 'POST', 'x'),
  at: fc.double(),
  initiator: fc.option(origin),
  destination: fc.record({ role, origin, host: text, path: text, because: text, known: fc.boolean() }),
  isConfidential: fc.boolean(),
  isWebSocket: fc.boolean(),
});
const anyCase: fc.Arbitrary<Case> = fc.record({
  sighting: fc.record({ location, name: text, scheme: fc.option(fc.constantFrom('bearer', 'dpop', 'jwt')) }),
  token,
  beside: fc.array(kind, { maxLength: 2 }),
  request,
  audience: fc.record({
    outcome: fc.constantFrom('meant', 'not_meant', 'cannot_tell'),
    certain: fc.boolean(),
    text: said,
  }),
  connection: fc.record({ outcome: fc.constantFrom('connected', 'none', 'cannot_tell'), text }),
  client: fc.option(fc.record({ clientId: text, origins: fc.array(origin, { maxLength: 3 }) })),
  pageClients: fc.array(text, { maxLength: 3 }),
  issued: fc.option(fc.record({ origin, clientId: fc.option(text) })),
  earlier: fc.record({
    sites: fc.array(text, { maxLength: 3 }),
    everywhere: fc.array(text, { maxLength: 3 }),
    isFirstStranger: fc.boolean(),
    handOffs: fc.nat(3),
  }),
  acceptedByDesign: fc.option(fc.record({ vendor: text, text })),
  issuerTrust: fc.constantFrom('trusted', 'nearly', 'untrusted', 'undeclared'),
});
const anyMessage: fc.Arbitrary<MessageCase> = fc.record({
  message: fc.oneof(
    fc.record({
      message: fc.constant('authorization_request'),
      clientId: text,
      responseType: fc.array(fc.oneof(fc.constantFrom('code', 'token', 'id_token'), text), { maxLength: 3 }),
      responseMode: fc.option(text),
      scope: fc.array(text, { maxLength: 2 }),
      hasState: fc.boolean(),
      hasNonce: fc.boolean(),
      codeChallengeMethod: fc.option(fc.oneof(fc.constantFrom('S256', 'plain'), text)),
      isByReference: fc.boolean(),
    }),
    fc.record({
      message: fc.constant('token_request'),
      clientId: fc.option(text),
      grantType: fc.oneof(fc.constantFrom('password', 'authorization_code'), text),
      clientSecret: fc.option(fc.constantFrom('body', 'basic')),
      hasCodeVerifier: fc.boolean(),
    }),
  ),
  request,
});

/** What every verdict must be, whatever it is on. */
function expectSound(verdict: Verdict): void {
  if (verdict.outcome === 'cantTell') expect(verdict.because).not.toBe('');
  if (verdict.outcome !== 'failed') return;
  expect(verdict.what).not.toBe('');
  expect(verdict.evidence).not.toContain(undefined);
}

describe('whatever the case is', () => {
  it.each(RULES)('$id says something of it, and throws nothing', (rule) => {
    fc.assert(fc.property(anyCase, (subject) => expectSound(rule.judge(subject))));
  });

  it.each(MESSAGE_RULES)('$id says something of it, and throws nothing', (rule) => {
    fc.assert(fc.property(anyMessage, (subject) => expectSound(rule.judge(subject))));
  });

  it('weak evidence of what a token is makes no error, but where its kind does not matter', () => {
    // Of these the form or the place alone is the fault.
    const regardless = ['unsecured-jwt', 'invalid-signature', 'guessable-hmac-secret', 'token-over-http'];
    fc.assert(
      fc.property(anyCase, (subject) => {
        const { classification } = subject.token;
        const weak: Case = {
          ...subject,
          token: { ...subject.token, classification: { ...classification, confidence: 'weak' } },
        };
        for (const rule of RULES) {
          if (regardless.includes(rule.id)) continue;
          const verdict = rule.judge(weak);
          if (verdict.outcome === 'failed') expect(verdict.severity ?? rule.severity).not.toBe('error');
        }
      }),
      { numRuns: 500 },
    );
  });
});
