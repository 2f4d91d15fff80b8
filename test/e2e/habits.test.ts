import { expect, it } from 'vitest';
import { HABITS } from '../lab/habits.ts';
import { press, signIn } from '../lab/walk.ts';
import { describeInBrowsers, isThere, pictureFile, rowOf, rowsOf, show } from './harness.ts';

describeInBrowsers('the lab’s habits', (world) => {
  it('finds every bad one with its rule and stays silent on every good one', async () => {
    const { browser, lab, kind } = world();
    const tab = await browser.open(`${lab.origins.app}/`);
    const panel = await tab.openDevtools();
    await show(panel, 'all');
    await signIn(tab.page, lab);
    for (const { id } of HABITS) await press(tab.page, id);

    // A signature's state may still be under way: a row is read when nothing about it is.
    for (const habit of HABITS) {
      await panel.waitFor(isThere(`${rowOf(lab, habit)}:not([data-cant-tell*="unverifiable-token"])`));
    }
    const rows = await rowsOf(panel);
    const seen = HABITS.map((habit) => {
      const host = new URL(lab.origins[habit.request.host]).host;
      const own = rows.filter((row) => row.host === host && row.path === habit.request.path);
      return { habit: habit.id, requests: own.length, rules: own.map(({ rules }) => rules).join() };
    });
    expect(seen).toEqual(
      HABITS.map(({ id, expected }) => ({ habit: id, requests: 1, rules: expected.join(' ') })),
    );
    // Nothing else is found wrong: not the login, not the renewals, not the logout.
    const bad = HABITS.filter(({ good }) => !good).length;
    expect(rows.filter(({ rules }) => rules !== '')).toHaveLength(bad);

    await show(panel, 'problems');
    await panel.waitFor(`document.querySelectorAll('[data-exchange]').length === ${bad}`);
    await panel.click(rowOf(lab, { request: { method: 'GET', host: 'api', path: '/lax/profile' } }));
    await panel.waitFor(isThere('[data-rule="id-token-as-bearer"]'));
    for (const theme of ['light', 'dark'] as const) {
      await panel.setTheme(theme);
      await panel.waitFor(`matchMedia('(prefers-color-scheme: ${theme})').matches`);
      await panel.screenshot(await pictureFile(`panel-${kind}-${theme}`));
    }
    await panel.setSize({ width: 400, height: 700 });
    await panel.waitFor(isThere('[data-side-by-side="false"]'));
    await panel.screenshot(await pictureFile(`panel-${kind}-narrow`));
  });
});
