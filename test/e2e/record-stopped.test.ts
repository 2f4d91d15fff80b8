import { expect, it } from 'vitest';
import type { AuditReport } from '../../src/core/model/report.ts';
import { until } from '../browsers/wait.ts';
import { press, signIn } from '../lab/walk.ts';
import { describeInBrowsers, isThere } from './harness.ts';
import { exported, openPopup, openSessions, startRecording } from './recorder-pages.ts';

describeInBrowsers('a recording whose background is stopped', (world) => {
  it('keeps what it had, goes on, and says where the gap is', async () => {
    const { browser, lab, kind } = world();
    const app = await browser.open(`${lab.origins.app}/`);
    let popup = await openPopup(browser, app);
    await startRecording(popup.page, 'Stopped in the middle', 'site');
    await signIn(app.page, lab);
    await press(app.page, 'id-token-to-api');
    await popup.page.waitFor(
      `document.querySelector('[data-recorder] [data-errors]').dataset.errors === '1'`,
    );
    await popup.close();

    await browser.killBackground();
    const stoppedAt = Date.now();
    // Chromium wakes for a request. Firefox doesn't know yet what to wake for: the recording's alarm wakes it.
    if (kind === 'firefox') {
      await until('the alarm to wake it', async () => (await browser.backgroundRuns()) || undefined, 40_000);
      popup = await openPopup(browser, app);
      await popup.page.waitFor(isThere('[data-recorder="recording"] .recorder-problem'));
      await popup.close();
    }
    await press(app.page, 'id-token-in-url');

    popup = await openPopup(browser, app);
    await popup.page.waitFor(
      `document.querySelector('[data-recorder] [data-errors]')?.dataset.errors === '2'`,
    );
    await popup.page.click('[data-action="stop"]');
    await popup.page.waitFor(isThere('[data-recorder="idle"]'));
    const { page } = await openSessions(browser);
    await page.click('[data-name="Stopped in the middle"] [data-action="open"]');
    const report: AuditReport = JSON.parse(await exported(page, 'json'));
    const errors = report.findings.filter(
      ({ outcome, severity }) => outcome === 'failed' && severity === 'error',
    );
    expect(errors.map(({ ruleId }) => ruleId)).toEqual(['id-token-as-bearer', 'token-in-url']);
    const gap = report.coverage.unseen.find(({ reason }) => reason === 'background_stopped');
    expect(gap).toMatchObject({ count: 1, during: [{}] });
    const [during] = gap?.during ?? [];
    expect(Date.parse(during?.from ?? '')).toBeLessThanOrEqual(stoppedAt);
    expect(Date.parse(during?.to ?? '')).toBeGreaterThanOrEqual(stoppedAt - 1_000);
  }, 120_000);
});
