import { describe, expect, it } from 'vitest';
import type { HttpExchange } from '../../src/core/model/exchange.ts';
import type { AuditReport, ReportFinding } from '../../src/core/model/report.ts';
import { APP, carrierOf } from '../accuracy/requests.ts';
import { AT } from '../fixtures/case.ts';
import { shapes, tokenAt } from '../fixtures/corpus.ts';
import { bearer, exchange, form, json } from '../fixtures/exchange.ts';
import { jwt } from '../fixtures/jwt.ts';
import { inLanguage } from '../fixtures/languages.ts';

const ISSUER = 'https://login.example';
const TIMES = { iat: AT / 1000 - 10, exp: AT / 1000 + 3600 };
const ID_TOKEN = jwt(
  { alg: 'RS256' },
  { iss: ISSUER, sub: 'ada', aud: 'the-app', nonce: 'n', auth_time: AT / 1000 - 60, ...TIMES },
);

/** A log-in and what an app does wrong after it. */
const SCENE: readonly HttpExchange[] = [
  exchange({
    url: `${ISSUER}/auth?client_id=the-app&response_type=id_token%20token&redirect_uri=${APP}/cb&nonce=n`,
    destination: 'document',
    initiator: null,
  }),
  exchange({
    url: `${ISSUER}/token`,
    method: 'POST',
    initiator: APP,
    requestBody: form({
      ...{ grant_type: 'authorization_code', code: 'c', client_id: 'the-app', client_secret: 's' },
    }),
    response: json({ token_type: 'Bearer', access_token: 'SlAV32hkKG-opaque', id_token: ID_TOKEN }),
  }),
  exchange({ url: 'https://api.example/things', initiator: APP, requestHeaders: bearer(ID_TOKEN) }),
  exchange({ url: `https://statistics.example/?id_token=${ID_TOKEN}`, initiator: APP }),
  exchange({ url: 'http://plain.example/', initiator: APP, requestHeaders: bearer('SlAV32hkKG-opaque') }),
];

/** Every documented token shape, where it belongs and where it does not. */
const CORPUS: readonly HttpExchange[] = shapes.flatMap((shape) =>
  [...shape.legit_destination_examples, ...shape.misuse_destination_examples].flatMap((destination) => {
    const carrier = carrierOf(destination, tokenAt(shape, AT), AT, APP);
    return carrier === null ? [] : [carrier.request];
  }),
);

async function audited(locale: string) {
  const { Audit, buildReport, identifier, identityHash, ALL_RULES } = await inLanguage(locale, async () => ({
    ...(await import('../../src/core/audit.ts')),
    ...(await import('../../src/core/report/audit-report.ts')),
    ...(await import('../../src/core/report/finding-identity.ts')),
    ...(await import('../../src/core/judge/rules/index.ts')),
  }));
  const audit = new Audit();
  for (const one of [...SCENE, ...CORPUS]) audit.observe(one);
  const report = buildReport(audit.reportFacts(), {
    version: '1.0.0',
    session: { name: 'scene', source: 'chrome', steps: [] },
    entryOf: () => null,
  });
  const identityOf = identifier(report);
  return {
    report,
    rules: ALL_RULES,
    identity: (finding: ReportFinding) => identityHash(identityOf(finding)),
  };
}

const english = await audited('en');
const german = await audited('de');

function found({ report }: { readonly report: AuditReport }, ruleId: string): ReportFinding | undefined {
  const scene = new Set(SCENE.map(({ id }) => id));
  return report.findings.find((finding) => finding.ruleId === ruleId && scene.has(finding.exchange));
}

/** What stands between straight quotation marks: what a token or a request said. */
function quoted(text: string): readonly string[] {
  return (text.match(/"[^"]*"/g) ?? []).sort();
}

describe('an audit in another language', () => {
  it('says its findings in it, with what was seen in place', () => {
    expect(found(english, 'id-token-as-bearer')?.what).toBe(
      'This ID token tells the client "the-app" who logged in; it was sent to api.example, which is not its audience.',
    );
    expect(found(german, 'id-token-as-bearer')?.what).toBe(
      'Dieses ID-Token sagt dem Client "the-app", wer sich angemeldet hat; es wurde an api.example gesendet, aber das ist nicht seine Audience.',
    );
    expect(found(german, 'token-in-url')?.what).toBe('Die URL enthält im Parameter "id_token" ein ID-Token.');
    expect(found(german, 'client-secret-in-browser')).toMatchObject({
      title: 'Client-Secret von einer Seite gesendet',
      what: `Die Seite auf ${APP}/ hat an login.example das Secret des Clients "the-app" gesendet.`,
      evidence: ['Es steht im Body als "client_secret".'],
    });
    expect(found(german, 'token-over-http')).toMatchObject({
      what: 'Ein Access-Token wurde über unverschlüsseltes http an plain.example gesendet.',
      evidence: expect.arrayContaining(['Die Anfrage ist nicht verschlüsselt.']),
    });
    expect(found(german, 'implicit-grant')?.evidence).toEqual(['Der "response_type" ist "id_token token".']);
  });

  it('says in it what each rule is about', () => {
    const both = german.rules.map((rule, index) => [rule, english.rules[index]] as const);
    expect(both.length).toBeGreaterThan(30);
    for (const [one, other] of both) {
      expect(one.id).toBe(other?.id);
      expect(one.title).not.toBe(other?.title);
      expect(one.why).not.toBe(other?.why);
      expect(one.fix).not.toBe(other?.fix);
    }
  });

  it('finds the same, with the same identity', () => {
    const facts = ({ report, identity }: typeof english) =>
      report.findings.map((finding) => {
        const { ruleId, outcome, severity, exchange: id, token, evidence, references } = finding;
        return {
          ruleId,
          outcome,
          severity,
          id,
          token,
          evidence: evidence.length,
          references,
          identity: identity(finding),
        };
      });
    expect(facts(english).length).toBeGreaterThan(100);
    expect(facts(german)).toEqual(facts(english));
  });

  it('takes tokens for the same, by the same evidence', () => {
    const facts = ({ report }: typeof english) =>
      report.tokens.map(({ fingerprint, kind, confidence, evidence, signature, checks }) => ({
        ...{ fingerprint, kind, confidence, signature: signature.status },
        evidence: evidence.map(({ source, says }) => [source, says]),
        checks: checks.map(({ id, outcome }) => [id, outcome]),
      }));
    expect(facts(german)).toEqual(facts(english));
    expect(german.report.exchanges).toEqual(english.report.exchanges);
  });

  it('quotes the same of what was seen, and redacts the same', () => {
    const quotes = ({ report }: typeof english) => [
      ...report.findings.map(({ what, evidence }) => [quoted(what), ...evidence.map(quoted)]),
      ...report.tokens.map(({ evidence }) => evidence.map(({ text }) => quoted(text))),
    ];
    expect(quotes(german)).toEqual(quotes(english));
  });
});
