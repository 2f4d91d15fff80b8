import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  checkConfiguration,
  configurationText,
  problemLine,
  readConfiguration,
} from '../../../src/core/configure/read-configuration.ts';
import { type Configuration, NO_CONFIGURATION } from '../../../src/core/model/configuration.ts';
import type { JsonValue } from '../../../src/core/model/json.ts';

const WHOLE: Configuration = {
  clients: [
    { clientId: 'shop-spa', issuer: 'https://login.example', origins: ['https://shop.example'] },
    { clientId: 'shop-spa', issuer: 'https://login.example/realms/b', origins: [] },
  ],
  resources: [
    { host: 'api.shop.example', audiences: ['shop-api', 'https://api.shop.example'] },
    { host: '*.shop.example:*/v2', audiences: ['api://v2'] },
  ],
  trustedIssuers: ['https://login.example', 'my-backend', 'http://localhost:9000/'],
  severities: { 'token-in-url': 'error', 'missing-nonce': 'off' },
  acceptedByDesign: [
    {
      rules: ['id-token-as-bearer', 'id-token-in-body'],
      ...{
        issuer: 'https://login.example',
        client: 'shop-spa',
        host: 'legacy.shop.example',
        kind: 'id_token',
      },
      ...{ reason: 'The gateway exchanges it (SHOP-42).', until: '2027-06-30' },
    },
  ],
  strict: true,
};

const accepted = (told: object): object => ({
  acceptedByDesign: [
    { rules: ['token-in-url'], host: 'a.example', reason: 'So.', until: '2027-06-30', ...told },
  ],
});

function problemsOf(value: unknown): readonly string[] {
  const reading = checkConfiguration(value);
  return 'problems' in reading ? reading.problems.map(problemLine) : [];
}

describe('a configuration', () => {
  it('is read as it was written', () => {
    expect(readConfiguration(JSON.stringify(WHOLE))).toEqual({ configuration: WHOLE });
    expect(readConfiguration(configurationText(WHOLE))).toEqual({ configuration: WHOLE });
  });

  it('may say nothing, and where its schema is', () => {
    expect(readConfiguration('{}')).toEqual({ configuration: NO_CONFIGURATION });
    expect(readConfiguration('\uFEFF{"$schema": "./x.json"}\n')).toEqual({ configuration: NO_CONFIGURATION });
  });
});

describe('what is wrong is said with its place, what was expected and what was found', () => {
  it.each<readonly [unknown, string]>([
    [[], 'expected an object, found an empty list'],
    ['x', 'expected an object, found "x"'],
    [null, 'expected an object, found null'],
    [{ clents: [] }, 'clents: unknown key "clents": did you mean "clients"?'],
    [
      { trusted_issuers: [] },
      'trusted_issuers: unknown key "trusted_issuers": did you mean "trustedIssuers"?',
    ],
    [
      { zebra: 1 },
      'zebra: unknown key "zebra": there are $schema, clients, resources, trustedIssuers, severities, acceptedByDesign, strict',
    ],
    [
      { 'a b': 1, strict: true },
      '["a b"]: unknown key "a b": there are $schema, clients, resources, trustedIssuers, severities, acceptedByDesign, strict',
    ],
    [{ clients: {} }, 'clients: expected a list of clients, found an object'],
    [{ clients: [[]] }, 'clients[0]: expected an object, found an empty list'],
    [{ clients: [{ clientId: 'a' }] }, 'clients[0].issuer: it is required, and missing'],
    [
      { clients: [{ client_id: 'a', issuer: 'https://x.example' }] },
      'clients[0].client_id: unknown key "client_id": did you mean "clientId"?',
    ],
    [
      { clients: [{ clientId: 'a', issuer: 'login.example' }] },
      'clients[0].issuer: expected an issuer with its scheme, such as https://login.example, found "login.example"',
    ],
    [
      { clients: [{ clientId: 'a', issuer: 'https://x.example?y' }] },
      'clients[0].issuer: expected an issuer without query, fragment, name or password (RFC 8414 §2), found "https://x.example?y"',
    ],
    [
      { clients: [{ clientId: 'a', issuer: 'https://x.example', origins: ['https://a.example/'] }] },
      'clients[0].origins[0]: expected an origin, here https://a.example, found "https://a.example/"',
    ],
    [
      { clients: [{ clientId: ' a', issuer: 'https://x.example' }] },
      'clients[0].clientId: expected a client_id without spaces around it, found " a"',
    ],
    [
      {
        clients: [
          { clientId: 'a', issuer: 'https://x.example' },
          { clientId: 'a', issuer: 'https://x.example' },
        ],
      },
      'clients[1]: expected each only once, but this one is [0] again, found an object',
    ],
    [
      { resources: [{ host: 'a.example', audiences: 'x' }] },
      'resources[0].audiences: expected a list of audiences, found "x"',
    ],
    [
      { resources: [{ host: 'a.example', audiences: [] }] },
      'resources[0].audiences: expected a list of audiences, at least 1, found an empty list',
    ],
    [
      { resources: [{ host: 'a.example', audiences: ['x', 'y', 'x'] }] },
      'resources[0].audiences[2]: expected each only once, but this one is [0] again, found "x"',
    ],
    [
      { resources: [{ host: 'https://a.example', audiences: ['x'] }] },
      'resources[0].host: expected a host such as api.example.com, *.example.com, localhost:8080 or example.com/api, without a scheme, found "https://a.example"',
    ],
    [
      {
        resources: [
          { host: 'a.example', audiences: ['x'] },
          { host: 'A.example/', audiences: ['y'] },
        ],
      },
      'resources[1]: expected each only once, but this one is [0] again, found an object',
    ],
    [
      { resources: [{ host: 'a.example', audiences: [1] }] },
      'resources[0].audiences[0]: expected an audience, found 1',
    ],
    [{ trustedIssuers: 'x' }, 'trustedIssuers: expected a list of issuers, found "x"'],
    [
      { trustedIssuers: [''] },
      'trustedIssuers[0]: expected an issuer such as https://login.example.com, not an empty one, found ""',
    ],
    [{ severities: [] }, 'severities: expected an object, found an empty list'],
    [
      { severities: { 'id-token-as-barer': 'off' } },
      'severities.id-token-as-barer: unknown rule "id-token-as-barer": did you mean "id-token-as-bearer"?',
    ],
    [
      { severities: { nonsense: 'off' } },
      'severities.nonsense: unknown rule "nonsense": the documentation lists the rules',
    ],
    [
      { severities: { 'token-in-url': 'warn' } },
      'severities.token-in-url: expected "error", "warning", "notice" or "off", found "warn" (did you mean "warning"?)',
    ],
    [
      { severities: { 'token-in-url': 2 } },
      'severities.token-in-url: expected "error", "warning", "notice" or "off", found 2',
    ],
    [
      accepted({ reason: undefined }),
      'acceptedByDesign[0].reason: expected a sentence that says why this is accepted, found nothing',
    ],
    [
      accepted({ reason: '' }),
      'acceptedByDesign[0].reason: expected a sentence that says why this is accepted, not an empty one, found ""',
    ],
    [
      accepted({ reason: 'a\nb' }),
      'acceptedByDesign[0].reason: expected a sentence that says why this is accepted on one line, found "a\\nb"',
    ],
    [
      accepted({ until: 'soon' }),
      'acceptedByDesign[0].until: expected a date such as 2027-06-30, found "soon"',
    ],
    [
      accepted({ until: '2027-02-30' }),
      'acceptedByDesign[0].until: expected a day that is in the calendar, found "2027-02-30"',
    ],
    [
      accepted({ rules: [] }),
      'acceptedByDesign[0].rules: expected a list of rule ids, at least 1, found an empty list',
    ],
    [
      accepted({ rules: ['token-in-uri'] }),
      'acceptedByDesign[0].rules[0]: expected the id of a rule, found "token-in-uri" (did you mean "token-in-url"?)',
    ],
    [
      accepted({ host: '*.com' }),
      'acceptedByDesign[0].host: expected a domain of one party behind "*.", such as *.example.com, found "*.com"',
    ],
    [
      { acceptedByDesign: [{ rules: ['token-in-url'], reason: 'So.', until: '2027-06-30' }] },
      'acceptedByDesign[0]: expected at least one of "issuer", "client", "host" and "kind": to silence a rule everywhere, set its severity to "off"',
    ],
    [{ strict: 'yes' }, 'strict: expected true or false, found "yes"'],
  ])('%j', (value, line) => {
    expect(problemsOf(value)).toEqual([line]);
  });

  it('a kind that there is not is told with those that there are', () => {
    expect(problemsOf(accepted({ kind: 'idtoken' }))[0]).toMatch(
      /^acceptedByDesign\[0\]\.kind: expected a kind of token \(id_token, .*\), found "idtoken" \(did you mean "id_token"\?\)$/,
    );
  });

  it('all of it at once', () => {
    expect(problemsOf({ strict: 1, clients: 2, acceptedByDesign: [{ rules: ['x'] }] })).toHaveLength(5);
  });

  it('a text that is no JSON is told with its line and column', () => {
    const reading = readConfiguration('{\n  "strict": true,\n}');
    expect(reading).toEqual({
      problems: [{ path: '', text: 'line 2, column 17: a comma before "}" is no JSON' }],
    });
  });
});

describe('a file that nobody wrote by hand', () => {
  it.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty'])('a member %s is unknown', (name) => {
    for (const text of [
      `{"${name}": {}}`,
      `{"severities": {"${name}": "off"}}`,
      `{"clients": [{"${name}": 1}]}`,
    ]) {
      const reading = readConfiguration(text);
      expect('problems' in reading && reading.problems.map(problemLine).join()).toContain(`"${name}"`);
    }
  });

  it('is bounded', () => {
    expect(readConfiguration(`{"x": "${'x'.repeat(300_000)}"}`)).toEqual({
      problems: [{ path: '', text: 'expected at most 262144 characters, found 300009' }],
    });
    const many = { trustedIssuers: Array.from({ length: 201 }, (_, index) => `https://x${index}.example`) };
    expect(problemsOf(many)).toEqual(['trustedIssuers: expected at most 200, found a list of 201']);
    expect(problemsOf({ strict: 1, clients: Array.from({ length: 150 }, () => 1) })).toHaveLength(50);
  });

  it('a problem is one line, however long and strange what was found', () => {
    const [line = ''] = problemsOf({ trustedIssuers: [`https://a.example/\n${'x'.repeat(400)}`] });
    expect(line.length).toBeLessThan(300);
    expect(line).not.toContain('\n');
  });

  it('whatever it says, it is read or refused', () => {
    const names = [
      'clients',
      'resources',
      'severities',
      'acceptedByDesign',
      'strict',
      'rules',
      'host',
      'token-in-url',
    ];
    const { value } = fc.letrec<{ value: JsonValue }>((tie) => ({
      value: fc.oneof(
        { maxDepth: 4 },
        fc.constantFrom(null, true, 1, 'off', '*.example.com', 'https://a.example'),
        fc.string({ maxLength: 12 }),
        fc.array(tie('value'), { maxLength: 3 }),
        fc.dictionary(fc.oneof(fc.constantFrom(...names), fc.string({ maxLength: 8 })), tie('value'), {
          maxKeys: 5,
        }),
      ),
    }));
    fc.assert(
      fc.property(value, (json) => {
        const reading = checkConfiguration(json);
        if ('problems' in reading) expect(reading.problems.length).toBeGreaterThan(0);
        else expect(readConfiguration(configurationText(reading.configuration))).toEqual(reading);
      }),
    );
  });
});
