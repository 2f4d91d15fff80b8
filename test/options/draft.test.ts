import { describe, expect, it } from 'vitest';
import { checkConfiguration } from '../../src/core/configure/read-configuration.ts';
import { type Configuration, NO_CONFIGURATION } from '../../src/core/model/configuration.ts';
import { draftOf, fileOf, isSame, newAccepted, newClient, problemAt } from '../../src/options/draft.ts';

const WHOLE: Configuration = {
  clients: [
    { clientId: 'spa', issuer: 'https://login.example', origins: ['https://a.example', 'https://b.example'] },
  ],
  resources: [{ host: '*.example.com', audiences: ['x', 'y'] }],
  trustedIssuers: ['https://login.example'],
  severities: { 'token-in-url': 'off', 'missing-nonce': 'error' },
  acceptedByDesign: [
    { rules: ['token-in-url'], host: 'a.example', kind: 'id_token', reason: 'So.', until: '2027-06-30' },
  ],
  strict: true,
};

describe('a draft', () => {
  it('is the configuration, and becomes it again', () => {
    expect(checkConfiguration(fileOf(draftOf(WHOLE)))).toEqual({ configuration: WHOLE });
    expect(checkConfiguration(fileOf(draftOf(NO_CONFIGURATION)))).toEqual({
      configuration: NO_CONFIGURATION,
    });
  });

  it('forgives spaces around what was typed, and empty lines', () => {
    const draft = draftOf(WHOLE);
    const clients = [
      {
        ...newClient(),
        clientId: ' spa ',
        issuer: 'https://login.example ',
        origins: '\n https://a.example\n\n',
      },
    ];
    const reading = checkConfiguration(
      fileOf({ ...draft, clients, trustedIssuers: ' https://login.example \n\n' }),
    );
    expect(reading).toMatchObject({
      configuration: {
        clients: [{ clientId: 'spa', issuer: 'https://login.example', origins: ['https://a.example'] }],
        trustedIssuers: ['https://login.example'],
      },
    });
  });

  it('says the same in whatever order severities were chosen', () => {
    const draft = draftOf(WHOLE);
    const turned = { ...draft, severities: { 'missing-nonce': 'error', 'token-in-url': 'off' } } as const;
    expect(isSame(draft, turned)).toBe(true);
    expect(isSame(draft, { ...draft, strict: false })).toBe(false);
    expect(isSame(draft, { ...draft, severities: {} })).toBe(false);
  });
});

describe('what is wrong with a field', () => {
  const draft = { ...draftOf(WHOLE), clients: [newClient()], acceptedByDesign: [newAccepted()] };
  const wrong = { ...draft, trustedIssuers: 'https://a.example\nlogin.example' };
  const reading = checkConfiguration(fileOf(wrong));
  const problems = 'problems' in reading ? reading.problems : [];

  it('is said as a sentence', () => {
    expect(problemAt(problems, 'clients[0].clientId')).toBe('It is required, and missing');
    expect(problemAt(problems, 'acceptedByDesign[0].rules')).toMatch(
      /^Expected a list of rule ids, at least 1/,
    );
    expect(problemAt(problems, 'acceptedByDesign[0].until')).toBe('It is required, and missing');
  });

  it('is said with its line in a list', () => {
    expect(problemAt(problems, 'trustedIssuers')).toBe(
      'Line 2: expected an issuer with its scheme, such as https://login.example, found "login.example"',
    );
  });

  it('is nothing where all is well, and not what is wrong with another', () => {
    expect(problemAt(problems, 'resources[0].host')).toBeNull();
    expect(problemAt(problems, 'clients')).toBeNull();
    expect(problemAt(problems, 'clients[0]')).toBeNull();
  });
});
