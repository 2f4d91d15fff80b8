import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ALL_RULES } from '../../../src/core/judge/rules/index.ts';
import type { AuditReport } from '../../../src/core/model/report.ts';
import { FORMATS, renderReport } from '../../../src/core/report/render-report.ts';
import { auditReport, reportExchange, reportFinding, reportToken } from '../../fixtures/report.ts';
import { parseCsv, parseXml } from '../../fixtures/strict-parsers.ts';

const options = { colour: false, rules: ALL_RULES, failOn: 'error' } as const;
const render = (report: AuditReport, format: (typeof FORMATS)[number]) =>
  renderReport(report, format, options);

describe('every format', () => {
  it.each(FORMATS)(
    '%s tells rule, request, what happened, why, what to do, and what was not seen',
    (format) => {
      // Of a rule that it knows, SARIF says what the rule says.
      const report = auditReport({ findings: [reportFinding({ ruleId: 'id-token-as-bearer-2' })] });
      const text = render(report, format);
      for (const word of [
        'id-token-as-bearer',
        'api.example/a',
        'What happened',
        'What to do',
        'Why it matters',
      ]) {
        expect(text.replaceAll('\\', '')).toContain(word);
      }
      if (format !== 'csv' && format !== 'junit') expect(text).toMatch(/log.+full/);
    },
  );

  it.each(FORMATS)('%s of nothing is made all the same', (format) => {
    const report = auditReport({ tokens: [], exchanges: [], findings: [] });
    expect(render(report, format)).toMatch(/\n$/);
  });
});

/** What would do harm, were it read as anything but text. */
const EVIL = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "' onmouseover='alert(1)",
  '</style></title><svg onload=alert(1)>',
  ']]><!--',
  '=cmd|"/c calc"!A1',
  '+1+1',
  '-2+3',
  '@SUM(A1)',
  '＝1+1',
  'a"b,c\r\nd;e',
  '[x](javascript:alert(1))',
  '![x](https://evil.example/x.png)',
  '| a | b |\n# title',
  '`code` ``more``',
  'https://evil.example @somebody',
  '\u001b[31mred\u0007',
  '\u202egnp.exe',
  '\u0000\u0001\u000b\ufffe\uffff',
  'half \ud800 of one',
  '&amp;&#60;',
];

function evil(text: string): AuditReport {
  return auditReport({
    session: {
      ...{ name: text, startedAt: text, endedAt: text, source: 'har' },
      steps: [{ at: text, note: text }],
    },
    clients: [{ clientId: text, issuer: text, origins: [text], learnedFrom: text }],
    resources: [{ host: text, audiences: [text], learnedFrom: text }],
    tokens: [
      reportToken({
        ...{ issuer: text, audience: [text], clientId: text, scope: [text] },
        signature: { status: 'unverifiable', reason: text, text, keyId: text },
      }),
    ],
    exchanges: [
      reportExchange({ method: text, url: text, initiator: text, entry: { file: text, index: 1 } }),
      reportExchange({ id: '0.2', method: text, url: `https://api.example/${text}`, at: text, entry: null }),
    ],
    findings: [
      reportFinding({
        ...{ what: text, evidence: [text], title: text, why: text, fix: text },
        fixFor: { sdk: text, because: text, text, code: text },
      }),
      reportFinding({ exchange: '0.2', ruleId: text, references: [{ title: text, url: text }] }),
      reportFinding({ outcome: 'cantTell', severity: 'notice', what: text }),
      reportFinding({ accepted: { reason: text, until: text } }),
    ],
    baseline: { name: text, still: 1, fixed: 2 },
  });
}

const texts = fc.oneof(
  fc.constantFrom(...EVIL),
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.string({ maxLength: 40 }),
  fc.tuple(fc.constantFrom(...EVIL), fc.constantFrom(...EVIL)).map((two) => two.join('')),
);

describe('whatever stands in a report, as HTML', () => {
  /** Every tag that the page has, as a browser's tokeniser finds it. */
  const tags = (page: string) =>
    [...page.matchAll(/<(\/?)([a-z!][\w-]*)/gi)].map(([, , name]) => name?.toLowerCase());
  const KNOWN = new Set(
    '!doctype html head meta title style body main header p h1 h2 h3 ul ol li b section span strong code pre div table caption thead tbody tr th td a svg path text rect footer time br bdi'.split(
      ' ',
    ),
  );

  it('it is text: no element and no attribute is made of it', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const page = render(evil(text), 'html');
        for (const tag of tags(page)) expect(KNOWN).toContain(tag);
        expect(page).not.toMatch(/<(?:script|img|iframe|object|link|base|form)/i);
        expect(page.replace(/="[^"]*"/g, '')).not.toMatch(/<[a-z][^>]*\son\w+/i);
        for (const [, href] of page.matchAll(/href="([^"]*)"/g)) expect(href).toMatch(/^https:\/\//i);
        expect([...page.matchAll(/<svg\b/g)].length).toBe([...page.matchAll(/<\/svg>/g)].length);
      }),
      { numRuns: 300 },
    );
  });

  it('what a token says in another direction stands by itself, in sentences as in code', () => {
    const what = 'It is for "\u05d0\u05d1/x", sent to api.example, 2 times.';
    const page = render(auditReport({ findings: [reportFinding({ what })] }), 'html');
    expect(page).toContain('&#34;<bdi dir="ltr">\u05d0\u05d1/x</bdi>&#34;, sent to api.example, 2 times.');
    expect(page).toMatch(/code \{[^}]*direction: ltr; unicode-bidi: isolate/);
  });

  it('the page forbids itself all but its own style', () => {
    const page = render(auditReport(), 'html');
    expect(page).toContain("default-src 'none'");
    expect(page).not.toContain('unsafe');
    expect(page).not.toMatch(/style="|src=|<link|url\(|@import/);
    const policy = /style-src 'sha256-([^']+)'/.exec(page)?.[1];
    const style = /<style>([\s\S]*?)<\/style>/.exec(page)?.[1] ?? '';
    expect(policy).toBe(createHash('sha256').update(style).digest('base64'));
  });

  it('the map says how many requests each line stands for, however many tokens it has, and no line strikes it out', () => {
    const kinds = ['id_token', 'access_token', 'refresh_token'] as const;
    const sightings = kinds.map((token) => ({ location: 'header', name: 'x', token }) as const);
    const page = render(
      auditReport({
        exchanges: ['a', 'b'].map((id) => reportExchange({ id, url: `https://${id}.example/`, sightings })),
        tokens: kinds.map((kind) => reportToken({ fingerprint: kind, kind })),
        findings: [],
      }),
      'html',
    );
    const map = /<svg[\s\S]*<\/svg>/.exec(page)?.[0] ?? '';
    expect([...map.matchAll(/class="label"[^>]*>([^<]*)</g)].map(([, label]) => label)).toEqual([
      'ID token, access token, refresh tok… × 1',
      'ID token, access token, refresh tok… × 1',
    ]);
    expect(map.lastIndexOf('<path')).toBeLessThan(map.indexOf('class="label"'));
  });

  it('lists a bounded number of requests and tokens', () => {
    const ids = Array.from({ length: 5000 }, (_, index) => String(index));
    const page = render(
      auditReport({
        exchanges: ids.map((id) => reportExchange({ id, url: `https://h${id}.example/` })),
        findings: ids.map((exchange) => reportFinding({ exchange })),
        tokens: ids.map((fingerprint) => reportToken({ fingerprint })),
      }),
      'html',
    );
    expect(page).toContain('and 4900 more');
    expect(page.length).toBeLessThan(400_000);
  });
});

describe('whatever stands in a report, as XML', () => {
  it('it is well-formed XML 1.0, and text', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const { names } = parseXml(render(evil(text), 'junit'));
        const known = ['testsuites', 'testsuite', 'testcase', 'failure', 'skipped', 'system-out'];
        for (const name of names) expect(known).toContain(name);
      }),
      { numRuns: 300 },
    );
  });

  it('a rule that found nothing passed, a problem failed, what could not be told was skipped', () => {
    const report = auditReport({
      findings: [
        reportFinding(),
        reportFinding(),
        reportFinding({ ruleId: 'expired-token', severity: 'warning' }),
        reportFinding({ ruleId: 'audience-missing', outcome: 'cantTell', severity: 'notice' }),
        reportFinding({ ruleId: 'token-in-url', accepted: { reason: 'known', until: '2027-01-01' } }),
      ],
    });
    const xml = render(report, 'junit');
    const suites = ALL_RULES.length;
    expect(xml).toContain(`<testsuites name="aud-it" tests="${suites}" failures="1" skipped="2" errors="0">`);
    expect(xml).toMatch(/name="GET https:\/\/api\.example\/a" time="0"><failure type="error"/);
    expect(xml).toContain('<system-out>warning: The title');
    expect(xml).toContain('Accepted by design until 2027-01-01: known');
    const strict = renderReport(report, 'junit', { ...options, failOn: 'warning' });
    expect(strict).toContain('failures="2"');
    expect(renderReport(report, 'junit', { ...options, failOn: 'never' })).toContain('failures="0"');
  });
});

describe('whatever stands in a report, as CSV', () => {
  it('each finding is one line of as many fields (RFC 4180), and no field a formula', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const rows = parseCsv(render(evil(text), 'csv'));
        expect(rows.map((row) => row.length)).toEqual(rows.map(() => rows[0]?.length));
        expect(rows).toHaveLength(5);
        for (const field of rows.flat()) expect(field).not.toMatch(/^[=+\-@\t\r\n＝＋－＠]/);
      }),
      { numRuns: 300 },
    );
  });

  it('has the finding in it', () => {
    const [head = [], row = []] = parseCsv(render(auditReport(), 'csv'));
    const told = Object.fromEntries(head.map((name, index) => [name, row[index]]));
    expect(told).toMatchObject({
      ...{ outcome: 'failed', severity: 'error', rule: 'id-token-as-bearer', entry: '3' },
      ...{ token: 'id_token', client: 'the-app', audience: 'the-app', what: 'What happened.' },
    });
  });
});

describe('whatever stands in a report, as Markdown', () => {
  it('it is text: no link, image, HTML or mention, and as many columns as the table has', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const page = render(evil(text), 'markdown');
        // What is in code is read as it is.
        const plain = page.replace(/(?<!`)(`+)(?!`)[^\n]*?(?<!`)\1(?!`)/g, 'x');
        expect(plain).not.toMatch(/\]\(|!\[|[<@\\]|[^\n#]#|https?:/);
        for (const row of page.split('\n').filter((line) => line.startsWith('|'))) {
          expect([4, 8]).toContain([...row.matchAll(/(?<!\\)\|/g)].length);
        }
      }),
      { numRuns: 300 },
    );
  });
});

/** Controls but for tab and line ends, and what changes the direction of text. */
function isObeyed(character: string): boolean {
  const code = character.codePointAt(0) ?? 0;
  const isControl =
    code < 0x20 ? code !== 0x09 && code !== 0x0a && code !== 0x0d : code >= 0x7f && code <= 0x9f;
  return isControl || (code >= 0x202a && code <= 0x202e) || (code >= 0x2066 && code <= 0x2069);
}

describe('whatever stands in a report, in a terminal', () => {
  it('obeys nothing of it', () => {
    fc.assert(
      fc.property(texts, (text) => {
        for (const format of ['text', 'json', 'sarif', 'markdown', 'csv', 'junit', 'html'] as const) {
          expect([...render(evil(text), format)].filter(isObeyed)).toEqual([]);
        }
      }),
      { numRuns: 200 },
    );
  });
});
