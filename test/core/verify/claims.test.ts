import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decode } from '../../../src/core/decode/decode.ts';
import type { JsonObject, JsonValue } from '../../../src/core/model/json.ts';
import type { IssuerMetadata } from '../../../src/core/model/knowledge.ts';
import type { Check, Confidence, SignatureState, TokenKind } from '../../../src/core/model/token.ts';
import { type BindingFacts, NOTHING_SEEN } from '../../../src/core/verify/binding-checks.ts';
import { validateClaims } from '../../../src/core/verify/claims.ts';
import { CLOCK_TOLERANCE_S } from '../../../src/core/verify/time-checks.ts';
import { AT, VERIFIED } from '../../fixtures/case.ts';
import { jwt } from '../../fixtures/jwt.ts';

const NOW_S = AT / 1000;
const ISSUER = 'https://login.example';
const METADATA: IssuerMetadata = { issuer: ISSUER, jwksUri: null, endpoints: [] };

function checks(
  claims: JsonObject,
  told: {
    kind?: TokenKind;
    metadata?: IssuerMetadata | null;
    signature?: SignatureState;
    clients?: string[];
    header?: JsonObject;
    clockSkewMs?: number;
    binding?: BindingFacts;
    confidence?: Confidence;
  } = {},
): readonly Check[] {
  const classification = {
    kind: told.kind ?? 'id_token',
    confidence: told.confidence ?? 'strong',
    evidence: [],
  } as const;
  return validateClaims(
    { ...decode(jwt(told.header ?? { alg: 'RS256' }, claims), 'f'), classification },
    told.signature ?? VERIFIED,
    {
      metadata: told.metadata === undefined ? METADATA : told.metadata,
      isClientOf: (clientId) => (told.clients ?? ['the-app']).includes(clientId),
      at: AT,
      clockSkewMs: told.clockSkewMs ?? 0,
      binding: told.binding ?? NOTHING_SEEN,
    },
  );
}

function check(id: Check['id'], ...of: Parameters<typeof checks>): Check | undefined {
  return checks(...of).find((line) => line.id === id);
}

describe('validateClaims', () => {
  it('gathers every fact in reading order, not only the first failure', () => {
    expect(
      checks({ iss: 'x', exp: 1, nbf: 9e9, iat: 9e9 }).map(({ id, outcome }) => `${id} ${outcome}`),
    ).toEqual([
      'signature passed',
      'alg passed',
      'key inapplicable',
      'typ inapplicable',
      'crit inapplicable',
      'iss failed',
      'aud cantTell',
      'azp inapplicable',
      'exp failed',
      'nbf failed',
      'iat failed',
      'nonce inapplicable',
      'at_hash inapplicable',
      'c_hash inapplicable',
    ]);
  });

  it('has nothing to say of what can’t be read', () => {
    const classification = { kind: 'opaque', confidence: 'weak', evidence: [] } as const;
    const facts = { metadata: null, isClientOf: () => true, at: AT, clockSkewMs: 0, binding: NOTHING_SEEN };
    expect(validateClaims({ ...decode('opaque', 'f'), classification }, VERIFIED, facts)).toEqual([]);
  });

  it.each([
    ['verified', { status: 'verified', keyId: null }, 'passed'],
    ['invalid', { status: 'invalid', reason: 'No.', keyId: null }, 'failed'],
    ['unsecured', { status: 'unsecured' }, 'failed'],
    ['unverifiable', { status: 'unverifiable', reason: 'symmetric', text: '.' }, 'cantTell'],
  ] as const)('a signature that is %s', (_status, signature, outcome) => {
    expect(check('signature', {}, { signature })?.outcome).toBe(outcome);
  });
});

describe('iss', () => {
  it.each([
    ['as its metadata says', ISSUER, METADATA, 'passed'],
    ['another than its metadata says', `${ISSUER}/`, METADATA, 'failed'],
    ['of an issuer whose metadata was not read', ISSUER, null, 'cantTell'],
    ['no text', 7, METADATA, 'cantTell'],
    [
      'Google’s without a scheme',
      'accounts.google.com',
      { ...METADATA, issuer: 'https://accounts.google.com' },
      'passed',
    ],
  ] as const)('%s', (_what, iss, metadata, outcome) => {
    expect(check('iss', { iss }, { metadata })?.outcome).toBe(outcome);
  });
});

describe('aud', () => {
  it.each([
    ['the app’s client_id', 'the-app', 'passed'],
    ['a list with the app’s client_id', ['another', 'the-app'], 'passed'],
    ['a client_id that nothing showed', 'another', 'cantTell'],
    ['an empty list', [], 'cantTell'],
    ['a number', 7, 'cantTell'],
  ])('of an ID token: %s', (_what, aud, outcome) => {
    expect(check('aud', { aud })?.outcome).toBe(outcome);
  });

  it('of an access token is compared request by request, not here', () => {
    expect(check('aud', { aud: 'https://api.example' }, { kind: 'access_token' })?.outcome).toBe(
      'inapplicable',
    );
  });
});

describe('exp, nbf, iat at the moment of the request', () => {
  it.each([
    ['exp', CLOCK_TOLERANCE_S, 'passed', 'Valid for'],
    ['exp', 0, 'passed', 'Valid for'],
    ['exp', -CLOCK_TOLERANCE_S + 1, 'passed', 'Just expired'],
    ['exp', -CLOCK_TOLERANCE_S, 'failed', 'expired 60 s before'],
    ['exp', -7200, 'failed', 'expired 2 h before'],
    ['nbf', CLOCK_TOLERANCE_S, 'passed', 'Valid already'],
    ['nbf', CLOCK_TOLERANCE_S + 1, 'failed', 'not valid before 61 s after'],
    ['iat', CLOCK_TOLERANCE_S, 'passed', 'Issued 0 s before'],
    ['iat', -300, 'passed', 'Issued 5 min before'],
    ['iat', 200_000, 'failed', 'said to be issued 2 days after'],
  ] as const)('%s %i s from then: %s', (id, offset, outcome, text) => {
    expect(check(id, { [id]: NOW_S + offset })).toMatchObject({
      outcome,
      text: expect.stringContaining(text),
    });
  });

  it.each(['exp', 'nbf', 'iat'] as const)(
    '%s that is no number fails; one that is missing is inapplicable',
    (id) => {
      for (const value of ['1767225600', null, true, [1], {}] satisfies JsonValue[]) {
        expect(check(id, { [id]: value })?.outcome).toBe('failed');
      }
      expect(check(id, {})?.outcome).toBe('inapplicable');
    },
  );

  it('takes fractions of a second (RFC 7519 §2)', () => {
    expect(check('exp', { exp: NOW_S + 0.5 })?.outcome).toBe('passed');
  });

  it('never throws, whatever is claimed', () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.constantFrom('iss', 'aud', 'exp', 'nbf', 'iat'), fc.jsonValue()),
        (claims) => {
          const given: JsonObject = JSON.parse(JSON.stringify(claims));
          for (const { text } of checks(given)) expect(text).not.toMatch(/NaN|undefined/);
        },
      ),
    );
  });
});
