import { readFileSync } from 'node:fs';
import * as v from 'valibot';
import { expect, it } from 'vitest';
import type { AuditReport } from '../../src/core/model/report.ts';
import { harSchema } from '../fixtures/har-schema.ts';
import { auditReport, reportExchange, reportFinding } from '../fixtures/report.ts';
import { sarifErrors } from '../fixtures/sarif-schema.ts';
import { describeInBrowsers, isThere, pictureFile } from './harness.ts';
import { bring, exported, openSessions } from './recorder-pages.ts';

const LAB = readFileSync(new URL('../fixtures/har/lab-login.har', import.meta.url), 'utf8');

/** The same recording, after the app was mended: what it did wrong at one API is gone. */
function mended(): string {
  const { log } = JSON.parse(LAB);
  const entries = log.entries.filter(
    ({ request }: { request: { url: string } }) => !request.url.includes('/lax/'),
  );
  return JSON.stringify({ log: { ...log, entries } });
}

/** A report of more parts than are read at once. */
function large(): AuditReport {
  const ids = Array.from({ length: 1_000 }, (_, index) => `e${String(index).padStart(4, '0')}`);
  return auditReport({
    session: { ...auditReport().session, name: 'Large' },
    exchanges: ids.map((id) => reportExchange({ id })),
    findings: ids.map((exchange) => reportFinding({ exchange })),
  });
}

describeInBrowsers('the sessions page', (world) => {
  it('imports, compares, exports, renames and deletes', async () => {
    const { browser, kind } = world();
    const sessions = await openSessions(browser);
    const { page } = sessions;
    await page.screenshot(await pictureFile(`sessions-${kind}-empty`));
    await bring(page, [
      { name: 'before.har', text: LAB },
      { name: 'after.har', text: mended() },
      { name: 'broken.har', text: LAB.slice(0, LAB.length / 3) },
      { name: 'none.har', text: 'no HAR' },
    ]);
    await page.waitFor(`document.querySelectorAll('[data-session]').length === 3`, { timeoutMs: 30_000 });
    await page.waitFor(`document.querySelectorAll('[data-problem]').length === 2`);
    const problems = await page.evaluate<string[]>(
      `[...document.querySelectorAll('[data-problem]')].map(({ textContent }) => textContent)`,
    );
    expect(problems).toEqual([
      expect.stringMatching(/^broken\.har: line \d+, column \d+: it ends/),
      expect.stringMatching(/^none\.har: line 1, column 1: /),
    ]);

    await page.click('[data-name="before.har"] input');
    await page.click('[data-name="after.har"] input');
    await page.click('[data-action="compare"]');
    await page.waitFor(isThere('[data-comparison]'));
    const changes = () =>
      page.evaluate<Record<string, number>>(
        `Object.fromEntries([...document.querySelectorAll('[data-change]')].map(({ dataset }) => [dataset.change, Number(dataset.count)]))`,
      );
    const forward = await changes();
    expect(forward['still']).toBeGreaterThan(0);
    expect([forward['new'], forward['fixed']].sort()).toEqual([0, expect.any(Number)]);
    await page.click('[data-action="swap"]');
    await page.waitFor(
      `document.querySelector('[data-change="new"]').dataset.count === ${JSON.stringify(String(forward['fixed']))}`,
    );
    expect(await changes()).toEqual({ ...forward, new: forward['fixed'], fixed: forward['new'] });
    for (const theme of ['light', 'dark']) {
      await page.evaluate(`document.documentElement.dataset.theme = ${JSON.stringify(theme)}`);
      await page.screenshot(await pictureFile(`sessions-${kind}-compared-${theme}`));
    }

    await page.click('[data-name="before.har"] [data-action="open"]');
    await page.waitFor(isThere('[data-detail]'));
    expect(v.safeParse(harSchema, JSON.parse(await exported(page, 'har'))).issues).toBeUndefined();
    const beginnings = {
      ...{ html: '<!doctype html>', markdown: '# ', csv: '"outcome"', sarif: '{\n', junit: '<?xml' },
    };
    for (const [format, beginning] of Object.entries(beginnings)) {
      const text = await exported(page, format);
      expect([format, text.slice(0, beginning.length)]).toEqual([format, beginning]);
      expect(text).toContain('id-token-as-bearer');
      if (format === 'sarif') expect(sarifErrors(JSON.parse(text))).toEqual([]);
    }
    await page.screenshot(await pictureFile(`sessions-${kind}-dark`));
    await page.click('[data-action="rename"]');
    await page.type(' (last week)');
    await page.press('Enter');
    await page.waitFor(isThere('[data-name="before.har (last week)"]'));
    await page.click('[data-action="delete"]');
    await page.click('[data-action="really-delete"]');
    await page.waitFor(`document.querySelectorAll('[data-session]').length === 2`);

    // A large one is read piece by piece: all of it is there, once.
    await bring(page, [{ name: 'large.json', text: JSON.stringify(large()) }]);
    await page.click('[data-name="Large"] [data-action="open"]', { timeoutMs: 30_000 });
    await page.waitFor(`document.querySelector('[data-detail] h2')?.textContent === 'Large'`);
    const whole: AuditReport = JSON.parse(await exported(page, 'json'));
    expect(whole.exchanges.map(({ id }) => id)).toEqual(large().exchanges.map(({ id }) => id));
    expect(whole.findings).toHaveLength(large().findings.length);
    expect(whole.coverage.unseen.map(({ reason }) => reason)).not.toContain('record_unreadable');
    await page.click('[data-action="delete"]');
    await page.click('[data-action="really-delete"]');
    await page.waitFor(`document.querySelectorAll('[data-session]').length === 2`);

    // They are on the disk: a new page has them too.
    await sessions.close();
    const { page: again } = await openSessions(browser);
    expect(await again.evaluate<number>(`document.querySelectorAll('[data-session]').length`)).toBe(2);
  });
});

describeInBrowsers(
  'the sessions page in a narrow window',
  (world) => {
    it('has room for all of it', async () => {
      const { browser, kind } = world();
      const { page } = await openSessions(browser);
      await bring(page, [{ name: 'A walk through the shop, recorded on somebody’s machine.har', text: LAB }]);
      await page.click('[data-action="open"]', { timeoutMs: 30_000 });
      await page.waitFor(isThere('[data-detail]'));
      await page.screenshot(await pictureFile(`sessions-${kind}-narrow`));
      expect(await page.evaluate<boolean>(`document.documentElement.scrollWidth <= innerWidth`)).toBe(true);
    });
  },
  { viewport: { width: 420, height: 900 } },
);
