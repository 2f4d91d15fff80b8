import { expect, it } from 'vitest';
import type { AuditReport } from '../../src/core/model/report.ts';
import { press, signIn } from '../lab/walk.ts';
import { axeFindings } from './axe.ts';
import { describeInBrowsers, isThere, pictureFile } from './harness.ts';
import { exported, openSessions } from './recorder-pages.ts';

describeInBrowsers('the panel’s record strip', (world) => {
  it('starts a session, takes a step and a note, stops, and shows what was recorded', async () => {
    const { browser, lab, kind } = world();
    const app = await browser.open(`${lab.origins.app}/`);
    const panel = await app.openDevtools();
    await panel.click('[data-action="record"]');
    await panel.waitFor(isThere('.record-strip [data-recorder="idle"] [name="session-name"]'));
    for (const theme of ['light', 'dark'] as const) {
      await panel.setTheme(theme);
      expect(await axeFindings(panel), `idle, ${theme}`).toEqual([]);
    }
    await panel.click('[name="session-name"]');
    await panel.type('From the panel');
    await panel.press('Enter');
    await panel.waitFor(isThere('[data-action="record"][data-state="recording"]'));
    await panel.waitFor(isThere('[data-recorder="recording"]'));

    await panel.click('[name="step"]');
    await panel.type('Sign in');
    await panel.press('Enter');
    await panel.waitFor(isThere('[data-steps="1"]'));
    await signIn(app.page, lab);
    await panel.click('[name="step"]');
    await panel.type('It took a while');
    await panel.click('[data-action="add-note"]');
    await panel.waitFor(isThere('[data-steps="2"]'));
    await press(app.page, 'id-token-to-api');
    await panel.waitFor(`document.querySelector('[data-recorder] [data-errors]').dataset.errors === '1'`);
    for (const theme of ['light', 'dark'] as const) {
      await panel.setTheme(theme);
      await panel.screenshot(await pictureFile(`strip-${kind}-${theme}`));
      expect(await axeFindings(panel), `recording, ${theme}`).toEqual([]);
    }

    // Closing the strip ends nothing: the button goes on to say so.
    await panel.click('[data-action="record"]');
    await panel.waitFor(`!(${isThere('.record-strip')})`);
    expect(await panel.evaluate<boolean>(isThere('[data-action="record"][data-state="recording"]'))).toBe(
      true,
    );
    await panel.click('[data-action="record"]');
    await panel.click('.record-strip [data-action="stop"]');
    await panel.waitFor(isThere('[data-action="record"][data-state="idle"]'));
    await panel.waitFor(isThere('[data-recorder="idle"]'));

    const { page } = await openSessions(browser);
    await page.click('[data-name="From the panel"] [data-action="open"]');
    await page.waitFor(isThere('[data-detail]'));
    const report: AuditReport = JSON.parse(await exported(page, 'json'));
    expect(report.session.steps.map(({ kind: what, note }) => [what, note])).toEqual([
      ['step', 'Sign in'],
      ['note', 'It took a while'],
    ]);
    const failed = report.findings.filter(
      ({ outcome, severity }) => outcome === 'failed' && severity === 'error',
    );
    expect(failed.map(({ ruleId }) => ruleId)).toEqual(['id-token-as-bearer']);
    // With DevTools open, responses were seen, too: where the token was issued is known.
    const [bad] = failed;
    expect(report.tokens.find(({ fingerprint }) => fingerprint === bad?.token)?.issuedIn).not.toBeNull();
  });
});
