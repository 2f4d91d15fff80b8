import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../src/core/model/json.ts';
import type { AuditReport } from '../../src/core/model/report.ts';
import { harFile } from '../fixtures/har.ts';
import { jwt } from '../fixtures/jwt.ts';
import {
  AT_S,
  access,
  aud,
  call,
  discovery,
  file,
  folder,
  ISSUER,
  idToken,
  login,
  type Ran,
  report,
} from './command.ts';

const HEADER = { alg: 'RS256', typ: 'at+jwt', kid: 'k1' };
let number = 0;

/** Audits these entries with a configuration that was named. */
async function told(
  configuration: unknown,
  entries: readonly object[],
  more: readonly string[] = [],
): Promise<AuditReport & Ran> {
  number++;
  const config = await file(`${number}.config.json`, JSON.stringify(configuration));
  return report([await file(`${number}.har`, harFile(entries)), '--config', config, ...more]);
}

const outcomes = ({ findings }: AuditReport, ruleId: string): readonly string[] =>
  findings.filter((one) => one.ruleId === ruleId).map(({ outcome, severity }) => `${outcome} ${severity}`);

const forAudience = (aud: string, claims: JsonObject = {}): object =>
  call(jwt(HEADER, access({ aud, ...claims })));

describe('a declared resource', () => {
  it('lets a mere name be compared', async () => {
    const entries = [forAudience('catalogue')];
    expect(outcomes(await told({}, entries), 'audience-mismatch')).toEqual(['cantTell notice']);
    const right = { resources: [{ host: 'api.example', audiences: ['catalogue'] }] };
    expect(outcomes(await told(right, entries), 'audience-mismatch')).toEqual([]);
    const wrong = { resources: [{ host: '*.example', audiences: ['orders'] }] };
    const seen = await told(wrong, entries);
    expect(outcomes(seen, 'audience-mismatch')).toEqual(['failed error']);
    expect(seen.status).toBe(1);
    expect(seen.resources).toContainEqual({
      ...{ host: '*.example', audiences: ['orders'], learnedFrom: 'configuration' },
    });
  });
});

describe('a declared client', () => {
  it('makes its ID token one, also where no login was recorded', async () => {
    const times = { auth_time: AT_S - 60, iat: AT_S - 10, exp: AT_S + 600 };
    const bare = jwt({ alg: 'RS256', kid: 'k1' }, { iss: ISSUER, sub: 'ada', aud: 'the-app', ...times });
    expect(outcomes(await told({}, [call(bare)]), 'id-token-as-bearer')).not.toContain('failed error');
    const clients = [{ clientId: 'the-app', issuer: ISSUER, origins: ['https://app.example'] }];
    const seen = await told({ clients }, [call(bare)]);
    expect(outcomes(seen, 'id-token-as-bearer')).toEqual(['failed error']);
    expect(seen.clients).toContainEqual({
      ...{ clientId: 'the-app', issuer: ISSUER, origins: ['https://app.example'] },
      learnedFrom: 'configuration',
    });
  });
});

describe('trusted issuers', () => {
  const resources = [{ host: 'api.example', audiences: ['https://api.example'] }];

  it('make a token of another issuer an untrusted one', async () => {
    const entries = [forAudience('https://api.example')];
    const stranger = await told({ resources, trustedIssuers: ['https://other.example'] }, entries);
    expect(outcomes(stranger, 'untrusted-issuer')).toEqual(['failed error']);
    const trusted = await told({ resources, trustedIssuers: [ISSUER] }, entries);
    expect(outcomes(trusted, 'untrusted-issuer')).toEqual([]);
    expect(outcomes(await told({ resources }, entries), 'untrusted-issuer')).toEqual([]);
  });
});

describe('severities', () => {
  it('decide what fails a build', async () => {
    const entries = [login(), call(idToken)];
    expect((await told({}, entries)).status).toBe(1);
    const milder = await told({ severities: { 'id-token-as-bearer': 'notice' } }, entries);
    expect(outcomes(milder, 'id-token-as-bearer')).toEqual(['failed notice']);
    expect(milder.status).toBe(0);
    const off = await told({ severities: { 'id-token-as-bearer': 'off' } }, entries);
    expect(outcomes(off, 'id-token-as-bearer')).toEqual([]);
  });
});

describe('what is accepted by design', () => {
  const accepted = (until: string): object => ({
    acceptedByDesign: [
      {
        rules: ['id-token-as-bearer'],
        client: 'the-app',
        host: 'api.example',
        reason: 'Until SHOP-42.',
        until,
      },
    ],
  });

  it('is marked, and fails no build', async () => {
    const seen = await told(accepted('2027-12-31'), [login(), call(idToken)]);
    const [finding] = seen.findings.filter(({ ruleId }) => ruleId === 'id-token-as-bearer');
    expect(finding).toMatchObject({
      severity: 'error',
      accepted: { reason: 'Until SHOP-42.', until: '2027-12-31' },
    });
    expect(seen.status).toBe(0);
    expect(seen.complaints).toEqual([]);
  });

  it('is said to people apart from what is wrong', async () => {
    const har = await file('accepted.har', harFile([login(), call(idToken)]));
    const config = await file('accepted.json', JSON.stringify(accepted('2027-12-31')));
    const { out } = await aud(['audit', har, '--config', config]);
    expect(out).toContain('Accepted by design\n  id-token-as-bearer: Until SHOP-42. (until 2027-12-31)');
    expect(out).toContain('; 1 accepted by design.');
    expect(out).not.toContain('ERROR');
  });

  it('that has expired counts no more, and says so', async () => {
    // The traffic is older than that: what counts is today.
    const seen = await told(accepted('2026-06-30'), [login(), call(idToken)]);
    expect(seen.status).toBe(1);
    expect(seen.complaints[0]).toMatch(
      /config\.json: acceptedByDesign\[0\] expired on 2026-06-30 and counts no more$/,
    );
    expect(seen.findings[0]?.evidence.at(-1)).toContain('It was accepted by design until 2026-06-30');
  });
});

describe('strict', () => {
  it('a vendor’s own documentation makes nothing milder', async () => {
    const firebase = { iss: 'https://securetoken.google.com/shop', aud: 'shop', sub: 'u', auth_time: 1 };
    const token = jwt({ alg: 'RS256', kid: 'k1' }, { ...firebase, iat: 1_767_225_590, exp: 1_767_229_200 });
    const clients = [{ clientId: 'shop', issuer: firebase.iss, origins: ['https://app.example'] }];
    expect(outcomes(await told({ clients }, [call(token)]), 'id-token-as-bearer')).toEqual(['failed notice']);
    expect(outcomes(await told({ clients, strict: true }, [call(token)]), 'id-token-as-bearer')).toEqual([
      'failed error',
    ]);
  });
});

describe('the file', () => {
  const wrong = '{ "resources": [{ "host": "a.example", "audiences": "x" }], "strict": 1 }';

  it('that is wrong ends with 2 and one line: the file, the place, what was expected and found', async () => {
    const config = await file('wrong.json', wrong);
    const har = await file('right.har', harFile([discovery()]));
    const { status, out, complaints } = await aud(['audit', har, '--config', config]);
    expect({ status, out }).toEqual({ status: 2, out: '' });
    expect(complaints).toEqual([
      `aud-it: ${config}: resources[0].audiences: expected a list of audiences, found "x" (and 1 more)`,
    ]);
  });

  it('that is no JSON is told with line and column', async () => {
    const config = await file('comma.json', '{\n  "strict": true,\n}');
    const { status, complaints } = await aud(['audit', 'x.har', '--config', config]);
    expect(status).toBe(2);
    expect(complaints).toEqual([`aud-it: ${config}: line 2, column 17: a comma before "}" is no JSON`]);
  });

  it('that is a folder, or too large, is told so', async () => {
    expect((await aud(['audit', 'x.har', '--config', folder])).complaints).toEqual([
      `aud-it: ${folder}: it is a folder, not a file`,
    ]);
    const config = await file('large.json', ' '.repeat(2_000_000));
    expect((await aud(['audit', 'x.har', '--config', config])).complaints[0]).toMatch(/larger than any/);
  });

  it('of the working directory is used where none was named, and said so', async () => {
    const own = join(folder, 'own');
    await mkdir(own);
    await writeFile(join(own, 'aud-it.config.json'), '{ "severities": { "id-token-as-bearer": "off" } }');
    const har = await file('own.har', harFile([login(), call(idToken)]));
    const used = await aud(['audit', har], { folder: own });
    expect(used.status).toBe(0);
    expect(used.complaints).toEqual(['aud-it: aud-it.config.json of this folder is used']);
    const named = await aud(['audit', har, '--config', await file('none.json', '{}')], { folder: own });
    expect(named).toMatchObject({ status: 1, complaints: [] });
    await writeFile(join(own, 'aud-it.config.json'), wrong);
    expect(await aud(['audit', har], { folder: own })).toMatchObject({
      status: 2,
      complaints: [
        expect.stringMatching(/^aud-it: aud-it\.config\.json: resources\[0\]\.audiences: expected/),
      ],
    });
  });
});
