/**
 * One walk through the lab, seen by every witness that there is: they must agree on every request that carried a token, rule by
 * rule. What a witness can't see by its nature is named here, and by the witness itself.
 */
import { readFile } from 'node:fs/promises';
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
import { aud, folder } from '../cli/command.ts';
import { HABITS } from '../lab/habits.ts';
import { type Lab, startLab } from '../lab/lab.ts';
import { walk } from '../lab/walk.ts';
import { readRows } from '../start/panel-rows.ts';
import { dist, isThere, rowOf, show } from './harness.ts';

/** A request with what is said of it. */
interface Judged {
  readonly request: string;
  readonly failed: readonly string[];
  readonly cantTell: readonly string[];
  /** What its tokens are. */
  readonly kinds: readonly string[];
}

const ARGS = ['--disable-gpu', ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])];

let lab: Lab;
beforeAll(async () => {
  lab = await startLab();
});
afterAll(() => lab.close());

async function livePanel(kind: BrowserKind): Promise<readonly Judged[]> {
  const executablePath = inject('browsers')[kind];
  const browser = await launch(kind, { extension: dist(kind), headless: true, executablePath });
  try {
    const tab = await browser.open(`${lab.origins.app}/`);
    const panel = await tab.openDevtools();
    await show(panel, 'all');
    await walk(tab.page, lab);
    // A signature's state may still be under way.
    for (const habit of HABITS) {
      await panel.waitFor(isThere(`${rowOf(lab, habit)}:not([data-cant-tell*="unverifiable-token"])`));
    }
    const rows = await readRows(panel);
    return inOrder(
      rows.map(({ method, host, path, rules, cantTell, kinds }) => ({
        request: `${method} ${host}${path}`,
        ...{ failed: words(rules), cantTell: words(cantTell), kinds: words(kinds) },
      })),
    );
  } finally {
    await browser.close();
  }
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
    await walk(new PlaywrightPage(await context.newPage()), lab);
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
    kind === 'firefox' ? { browser: 'firefox', executablePath } : { executablePath, args: ARGS },
  );
  try {
    const context = await browser.createBrowserContext();
    const audit = await auditPuppeteer(context);
    await walk(new ChromiumPage(await context.newPage()), lab);
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
  expect(complaints).toEqual([]);
  return JSON.parse(await readFile(output, 'utf8'));
}

describe('one walk through the lab', () => {
  let expected: readonly Judged[];

  it('is judged live in Chromium as the lab says', async () => {
    expected = await livePanel('chromium');
    const seen = HABITS.map(({ id, request }) => {
      const name = `${request.method} ${new URL(lab.origins[request.host]).host}${request.path}`;
      return { id, failed: expected.filter((one) => one.request === name).map(({ failed }) => failed) };
    });
    expect(seen).toEqual(HABITS.map(({ id, expected: rules }) => ({ id, failed: [[...rules]] })));
  });

  it('is judged the same live in Firefox', async () => {
    expect(await livePanel('firefox')).toEqual(expected);
  });

  it('is judged the same through the Playwright module, and from the HAR that Playwright records of it', async () => {
    const har = join(folder, 'walk.har');
    const report = await playwright(har);
    expect(ofReport(report)).toEqual(expected);
    expect(ofReport(await audited(har))).toEqual(expected);
    // What the app asked for as it left its page: that body is gone, and counted where it was.
    expect(report.coverage.unseen.filter(({ reason }) => reason !== 'body_not_available')).toEqual([]);
  });

  it('is judged the same through the Puppeteer module in Chromium', async () => {
    expect(ofReport(await throughPuppeteer('chromium'))).toEqual(expected);
  });

  it('is judged the same through Puppeteer in Firefox, which tells of no service worker’s requests', async () => {
    const report = await throughPuppeteer('firefox');
    const host = new URL(lab.origins.api).host;
    expect(ofReport(report)).toEqual(
      expected.filter(({ request }) => request !== `GET ${host}/lax/from-service-worker`),
    );
  });
});
