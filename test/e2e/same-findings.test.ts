/**
 * One walk through the lab, seen by every witness that there is: they must agree on every request that carried a token, rule by
 * rule. What a witness can't see by its nature is named here (UNSEEN_BY), and by the witness itself.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import puppeteer from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { fetchAnywhere } from '../../src/cli/fetch-anywhere.ts';
import type { AuditReport } from '../../src/core/model/report.ts';
import { KeyFetcher } from '../../src/core/verify/key-fetcher.ts';
import { auditPlaywright, auditPuppeteer } from '../../src/testing/index.ts';
import { ChromiumPage } from '../browsers/chromium-document.ts';
import { launch } from '../browsers/launch.ts';
import type { BrowserKind } from '../browsers/panel-driver.ts';
import { PlaywrightPage } from '../browsers/playwright-page.ts';
import { until } from '../browsers/wait.ts';
import { aud, folder } from '../cli/command.ts';
import { type Lab, startLab } from '../lab/lab.ts';
import { LOCAL_HOSTS, type Origins } from '../lab/origins.ts';
import { EVERYTHING, walk } from '../lab/walk.ts';
import { type ReadRow, readRows } from '../start/panel-rows.ts';
import { dist, isThere, show } from './harness.ts';
import { bring, exported, openSessions } from './recorder-pages.ts';

/** A request with what is said of it. */
interface Judged {
  readonly request: string;
  readonly failed: readonly string[];
  readonly cantTell: readonly string[];
  /** What its tokens are. */
  readonly kinds: readonly string[];
}

const ARGS = [
  '--disable-gpu',
  `--host-resolver-rules=${LOCAL_HOSTS.map((host) => `MAP ${host} 127.0.0.1`).join(',')}`,
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
];
const FIREFOX_PREFS = { 'network.dns.localDomains': LOCAL_HOSTS.join(',') };

/** How long all that is said may take to be as it should, after the last press, in ms. */
const SETTLE_MS = 20_000;

let lab: Lab;
beforeAll(async () => {
  lab = await startLab();
});
afterAll(() => lab.close());

/** The walk as the extension sees it: in the panel's list, and recorded as a session meanwhile. */
interface Live {
  readonly rows: readonly Judged[];
  readonly report: AuditReport;
  /** The session's redacted HAR. */
  readonly har: string;
  /** How many findings changed how, of the other witness's report compared with the session. */
  readonly changes: Readonly<Record<string, number>>;
}

const NAME = 'The lab, walked';

/** What is said of a HAR that Aud-it itself wrote. */
const REDACTED = 'Aud-it redacted it';

/**
 * @param other another witness's report, with which the session is compared
 * @param expected what the list is waited for to say: keys and answers may still be under way
 */
async function live(kind: BrowserKind, other: AuditReport, expected: readonly Judged[]): Promise<Live> {
  const executablePath = inject('browsers')[kind];
  const browser = await launch(kind, {
    ...{ extension: dist(kind), headless: true, executablePath, language: 'en-US' },
    localHosts: LOCAL_HOSTS,
  });
  try {
    const tab = await browser.open(`${lab.origins.app}/`);
    const panel = await tab.openDevtools();
    await show(panel, 'all');
    await panel.click('[data-action="record"]');
    await panel.click('[name="session-name"]');
    await panel.type(NAME);
    await panel.press('Enter');
    await panel.waitFor(isThere('[data-recorder="recording"]'));
    // The list gets the strip's room.
    await panel.click('[data-action="record"]');
    await walk(tab.page, lab, EVERYTHING);
    let rows: readonly Judged[] = [];
    const look = async () => {
      rows = inOrder((await readRows(panel)).map(ofRow));
      return JSON.stringify(rows) === JSON.stringify(expected) || undefined;
    };
    await until('what is expected', look, SETTLE_MS).catch((error: unknown) => {
      // What differs says more; but where nothing could be read, that is what to tell.
      if (rows.length === 0) throw error;
    });
    await panel.click('[data-action="record"]');
    await panel.click('.record-strip [data-action="stop"]');
    await panel.waitFor(isThere('[data-recorder="idle"]'));
    const { page } = await openSessions(browser);
    await page.click(`[data-name="${NAME}"] [data-action="open"]`);
    await page.waitFor(isThere('[data-detail]'));
    const report: AuditReport = JSON.parse(await exported(page, 'json'));
    const har = await exported(page, 'har');
    await bring(page, [{ name: 'other.json', text: JSON.stringify(other) }]);
    for (const name of [other.session.name, NAME]) await page.click(`[data-name="${name}"] input`);
    await page.click('[data-action="compare"]');
    await page.waitFor(isThere('[data-comparison]'));
    const changes = await page.evaluate<Live['changes']>(
      `Object.fromEntries([...document.querySelectorAll('[data-change]')].map(({ dataset }) => [dataset.change, Number(dataset.count)]))`,
    );
    return { rows, report, har, changes };
  } finally {
    await browser.close();
  }
}

function ofRow({ method, host, path, rules, cantTell, kinds }: ReadRow): Judged {
  return {
    request: `${method} ${host}${path}`,
    ...{ failed: words(rules), cantTell: words(cantTell), kinds: words(kinds) },
  };
}

function words(text: string): readonly string[] {
  return [...new Set(text.split(' ').filter((word) => word !== ''))].sort();
}

function ofReport({ exchanges, findings, tokens }: AuditReport): readonly Judged[] {
  const kinds = new Map(tokens.map(({ fingerprint, kind }) => [fingerprint, kind]));
  return inOrder(
    exchanges.flatMap(({ id, method, url, sightings }) => {
      const own = findings.filter(({ exchange }) => exchange === id);
      if (sightings.length === 0 && own.length === 0) return [];
      const { host, pathname } = new URL(url);
      const ids = (outcome: string) =>
        own.filter((finding) => finding.outcome === outcome).map(({ ruleId }) => ruleId);
      return {
        request: `${method} ${host}${pathname}`,
        failed: words(ids('failed').join(' ')),
        cantTell: words(ids('cantTell').join(' ')),
        kinds: words(sightings.map(({ token }) => kinds.get(token) ?? '').join(' ')),
      };
    }),
  );
}

function inOrder(judged: readonly Judged[]): readonly Judged[] {
  return [...judged].sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
}

async function playwright(har: string): Promise<AuditReport> {
  const browser = await chromium.launch({ executablePath: inject('browsers').chromium, args: ARGS });
  try {
    const context = await browser.newContext({ recordHar: { path: har } });
    const audit = auditPlaywright(context);
    await walk(new PlaywrightPage(await context.newPage()), lab, EVERYTHING);
    const report = await audit.stop();
    await context.close();
    return report;
  } finally {
    await browser.close();
  }
}

async function throughPuppeteer(kind: BrowserKind): Promise<AuditReport> {
  const executablePath = inject('browsers')[kind];
  const browser = await puppeteer.launch(
    kind === 'firefox'
      ? { browser: 'firefox', executablePath, extraPrefsFirefox: FIREFOX_PREFS }
      : { executablePath, args: ARGS },
  );
  try {
    const context = await browser.createBrowserContext();
    const audit = await auditPuppeteer(context);
    await walk(new ChromiumPage(await context.newPage()), lab, EVERYTHING);
    return await audit.stop();
  } finally {
    await browser.close();
  }
}

async function audited(har: string): Promise<AuditReport> {
  const online = () => new KeyFetcher(fetchAnywhere, Date.now);
  const output = join(folder, 'report.json');
  const { complaints } = await aud(['audit', har, '--online', '--format', 'json', '--output', output], {
    online,
    now: Date.now,
  });
  expect(complaints.filter((line) => !line.includes(REDACTED))).toEqual([]);
  return JSON.parse(await readFile(output, 'utf8'));
}

/** What a witness can't see by its nature: which requests, and how it says so itself. */
const UNSEEN_BY = {
  // A popup may have sent what it begins with before Puppeteer shows it (docs/browser-tests.md): that the market is the host of an
  // app is learned from the log-in in its popup alone, and is what is said of this request.
  'Puppeteer in Chromium': {
    requests: (origins: Origins) => [`GET ${new URL(origins.market).host}/greeting`],
    reason: 'not_shown_to_test',
  },
  'Puppeteer in Firefox': {
    requests: (origins: Origins) => [`GET ${new URL(origins.api).host}/lax/from-service-worker`],
    coverage: [{ reason: 'not_shown_to_test', count: 1 }],
  },
} as const;

async function reportFile(name: string, report: AuditReport): Promise<string> {
  const path = join(folder, `${name}.json`);
  await writeFile(path, JSON.stringify(report));
  return path;
}

describe('one walk through the lab', () => {
  let reference: AuditReport;
  let expected: readonly Judged[] = [];

  it('is judged through the Playwright module as the lab says, and the same from the HAR that Playwright records of it', async () => {
    const har = join(folder, 'walk.har');
    reference = await playwright(har);
    expected = ofReport(reference);
    const seen = EVERYTHING.map(({ id, request }) => {
      const name = `${request.method} ${new URL(lab.origins[request.host]).host}${request.path}`;
      return { id, failed: expected.filter((one) => one.request === name).map(({ failed }) => failed) };
    });
    expect(seen).toEqual(EVERYTHING.map(({ id, expected: rules }) => ({ id, failed: [[...rules]] })));
    expect(ofReport(await audited(har))).toEqual(expected);
    // What the app asked for as it left its page: that body is gone, and counted where it was.
    expect(reference.coverage.unseen.filter(({ reason }) => reason !== 'body_not_available')).toEqual([]);
  });

  it.each(['chromium', 'firefox'] as const)(
    'is judged the same live in %s, in the panel and in a recorded session',
    async (kind) => {
      const { rows, report, har, changes } = await live(kind, reference, expected);
      expect(rows).toEqual(expected);
      expect(ofReport(report)).toEqual(expected);
      expect(report.session).toMatchObject({
        name: NAME,
        source: kind === 'chromium' ? 'chrome' : 'firefox',
      });
      // One problem is one whoever saw it: nothing is new, and nothing was fixed.
      expect(changes).toEqual({ new: 0, fixed: 0, still: expect.any(Number) });
      const files = await Promise.all(
        [reference, report].map((one, index) => reportFile(`${kind}-${index}`, one)),
      );
      const compared = JSON.parse((await aud(['compare', ...files, '--format', 'json'])).out);
      expect(new Set(compared.findings.map(({ change }: { change: string }) => change))).toEqual(
        new Set(['still']),
      );
      expect(compared.findings).toHaveLength(changes['still'] ?? 0);
      // Its HAR is redacted: who reads it again sees the same requests, says what it lacks, and finds nothing that is not there.
      const file = join(folder, `${kind}.har`);
      await writeFile(file, har);
      const again = await audited(file);
      expect(again.coverage).toMatchObject({
        exchanges: report.exchanges.length,
        unseen: [{ reason: 'har_sanitised', count: report.exchanges.length }],
      });
      expect(again.findings.filter(({ outcome }) => outcome === 'failed')).toEqual([]);
    },
    90_000,
  );

  it('is judged the same through the Puppeteer module in Chromium, but for what a popup sends as it opens', async () => {
    const { requests, reason } = UNSEEN_BY['Puppeteer in Chromium'];
    const unsure: readonly string[] = requests(lab.origins);
    const sure = (rows: readonly Judged[]) => rows.filter(({ request }) => !unsure.includes(request));
    const report = await throughPuppeteer('chromium');
    expect(sure(ofReport(report))).toEqual(sure(expected));
    expect(report.coverage.unseen.map((unseen) => unseen.reason)).toContain(reason);
  });

  it('is judged the same through the Puppeteer module in Firefox, but for what that says it does not see', async () => {
    const { requests, coverage } = UNSEEN_BY['Puppeteer in Firefox'];
    const report = await throughPuppeteer('firefox');
    const unseen: readonly string[] = requests(lab.origins);
    expect(ofReport(report)).toEqual(expected.filter(({ request }) => !unseen.includes(request)));
    expect(report.coverage.unseen).toEqual(coverage);
  });
});
