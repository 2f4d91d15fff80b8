import { expect, it } from 'vitest';
import type { AuditReport } from '../../src/core/model/report.ts';
import { HABITS } from '../lab/habits.ts';
import { press, signIn } from '../lab/walk.ts';
import { describeInBrowsers, isThere, pictureFile } from './harness.ts';
import { exported, fill, openPopup, openSessions, startRecording } from './recorder-pages.ts';

describeInBrowsers('a recorded session', (world) => {
  it('takes a walk without DevTools, with its steps, and hands it over', async () => {
    const { browser, lab, kind } = world();
    const app = await browser.open(`${lab.origins.app}/`);
    const popupTab = await openPopup(browser, app);
    const popup = popupTab.page;
    await popup.screenshot(await pictureFile(`popup-${kind}-idle`));
    await startRecording(popup, 'The lab, walked', 'tab');
    await fill(popup, '[name="step"]', 'Sign in');
    await popup.click('[data-action="add-step"]');
    await popup.waitFor(isThere('[data-steps="1"]'));
    await signIn(app.page, lab);
    await fill(popup, '[name="step"]', 'It took a while');
    await popup.click('[data-action="add-note"]');
    await popup.waitFor(isThere('[data-steps="2"]'));
    for (const { id } of HABITS) await press(app.page, id);
    // What is done while it is paused is none of its business.
    await popup.click('[data-action="pause"]');
    await popup.waitFor(isThere('[data-recorder="paused"]'));
    await popup.click('[data-action="resume"]');
    await popup.waitFor(
      `${isThere('[data-recorder="recording"]')} && document.querySelector('[data-recorder] [data-errors]').dataset.errors >= 6`,
    );
    await popup.screenshot(await pictureFile(`popup-${kind}-recording`));
    await popup.click('[data-action="stop"]');
    await popup.waitFor(isThere('[data-recorder="idle"]'));

    const sessions = await openSessions(browser);
    const { page } = sessions;
    await page.click('[data-name="The lab, walked"] [data-action="open"]');
    await page.waitFor(isThere('[data-detail]'));
    await page.screenshot(await pictureFile(`sessions-${kind}`));
    const report: AuditReport = JSON.parse(await exported(page, 'json'));
    expect(report.session).toMatchObject({
      name: 'The lab, walked',
      source: kind === 'chromium' ? 'chrome' : 'firefox',
      steps: [{ note: 'Sign in' }, { note: 'It took a while' }, { kind: 'recording' }, { kind: 'recording' }],
    });
    const failed = report.findings.filter(({ outcome }) => outcome === 'failed');
    const seen = HABITS.map(({ id, request }) => {
      const place = `${lab.origins[request.host]}${request.path}`;
      const own = report.exchanges.filter(
        ({ url, method }) => method === request.method && url.replace(/[?#].*$/s, '') === place,
      );
      const rules = failed.filter(({ exchange }) => own.some((one) => one.id === exchange));
      return [id, own.length, rules.map(({ ruleId }) => ruleId).join()];
    });
    expect(seen).toEqual(HABITS.map(({ id, expected }) => [id, 1, expected.join()]));
    // No DevTools, no bodies: it says so.
    expect(
      report.coverage.unseen.find(({ reason }) => reason === 'body_not_available')?.count,
    ).toBeGreaterThan(0);
    // It sleeps again: what the tab does now wakes nobody.
    await sessions.close();
    await popupTab.close();
    await browser.killBackground();
    await signIn(app.page, lab);
    await press(app.page, 'id-token-to-api');
    expect(await browser.backgroundRuns()).toBe(false);
  });
});
