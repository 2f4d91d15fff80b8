import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type { AuditReport } from '../../src/core/model/report.ts';
import { launch } from '../browsers/launch.ts';
import type { AuditedBrowser, BrowserKind } from '../browsers/panel-driver.ts';
import { type Lab, startLab } from '../lab/lab.ts';
import { press, signIn } from '../lab/walk.ts';
import { dist, isThere } from './harness.ts';
import { exported, openPopup, openSessions, startRecording } from './recorder-pages.ts';

const KINDS: readonly BrowserKind[] = ['chromium', 'firefox'];

describe.each(KINDS)('a recording that the browser’s end interrupts (%s)', (kind) => {
  let lab: Lab;
  const profile = mkdtempSync(join(tmpdir(), 'aud-it-kept-profile-'));
  const running = new Set<AuditedBrowser>();

  async function start(): Promise<AuditedBrowser> {
    const browser = await launch(kind, {
      extension: dist(kind),
      headless: true,
      executablePath: inject('browsers')[kind],
      profile,
    });
    running.add(browser);
    return browser;
  }

  beforeAll(async () => {
    lab = await startLab();
  });
  afterAll(async () => {
    for (const browser of running) await browser.close();
    await lab?.close();
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  });

  it('is there after a crash, ended at its last sign of life, and can be continued', async () => {
    let browser = await start();
    const app = await browser.open(`${lab.origins.app}/`);
    const popup = await openPopup(browser, app);
    await startRecording(popup.page, 'Crashed', 'all');
    await signIn(app.page, lab);
    await press(app.page, 'id-token-to-api');
    await popup.page.waitFor(
      `document.querySelector('[data-recorder] [data-errors]').dataset.errors === '1'`,
    );
    await browser.crash();
    running.delete(browser);
    const crashedAt = Date.now();

    browser = await start();
    const again = await browser.open(`${lab.origins.app}/`);
    const next = await openPopup(browser, again);
    // It has not gone on by itself: nobody is recorded who did not ask for it now.
    await next.page.waitFor(isThere('[data-recorder="idle"] [data-action="continue"]'));
    await next.page.click('[data-action="continue"]');
    await next.page.waitFor(isThere('[data-recorder="recording"]'));
    await signIn(again.page, lab);
    await press(again.page, 'id-token-in-url');
    await next.page.waitFor(`document.querySelector('[data-recorder] [data-errors]').dataset.errors === '2'`);
    await next.page.click('[data-action="stop"]');
    await next.page.waitFor(isThere('[data-recorder="idle"]'));

    const sessions = await openSessions(browser);
    await sessions.page.click('[data-name="Crashed"] [data-action="open"]');
    const report: AuditReport = JSON.parse(await exported(sessions.page, 'json'));
    const errors = report.findings.filter(
      ({ outcome, severity }) => outcome === 'failed' && severity === 'error',
    );
    expect(errors.map(({ ruleId }) => ruleId)).toEqual(['id-token-as-bearer', 'token-in-url']);
    const gap = report.coverage.unseen.find(({ reason }) => reason === 'background_stopped');
    expect(gap?.count).toBe(1);
    expect(Date.parse(gap?.during?.[0]?.from ?? '')).toBeLessThanOrEqual(crashedAt);
    expect(Date.parse(gap?.during?.[0]?.to ?? '')).toBeGreaterThanOrEqual(crashedAt);
  }, 180_000);
});
