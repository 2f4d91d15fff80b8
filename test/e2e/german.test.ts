import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import type { DocumentDriver } from '../browsers/panel-driver.ts';
import { press, signIn } from '../lab/walk.ts';
import { axeFindings } from './axe.ts';
import { describeInBrowsers, isThere, pictureFile, rowOf, show } from './harness.ts';
import { bring, openPopup, openSessions, startRecording } from './recorder-pages.ts';
import { englishIn } from './spoken.ts';

const PROFILE = { request: { method: 'GET', host: 'api', path: '/lax/profile' } } as const;
const HAR = readFileSync(new URL('../fixtures/har/lab-login.har', import.meta.url), 'utf8');

/** A document that is wholly in German, says so, and is as accessible as in English. */
async function expectGerman(document: DocumentDriver, where: string): Promise<void> {
  expect(await englishIn(document, 'de'), where).toEqual([]);
  const { lang, dir } = await document.evaluate<{ lang: string; dir: string }>(
    '({ lang: document.documentElement.lang, dir: document.documentElement.dir })',
  );
  expect({ lang, dir }, where).toEqual({ lang: 'de', dir: 'ltr' });
  expect(await axeFindings(document), where).toEqual([]);
}

function says(text: string): string {
  return `document.body.textContent.includes(${JSON.stringify(text)})`;
}

describeInBrowsers(
  'where the browser is German',
  (world) => {
    it('popup, options and sessions are', async () => {
      const { browser, lab, kind } = world();
      const app = await browser.open(`${lab.origins.app}/`);
      const popup = await openPopup(browser, app);
      await popup.page.waitFor(says('Dieser Tab wird nicht beobachtet'));
      await expectGerman(popup.page, 'the popup');
      await startRecording(popup.page, 'Anmelden', 'tab');
      await expectGerman(popup.page, 'the popup that records');
      await popup.page.screenshot(await pictureFile(`german-${kind}-popup`));
      await popup.page.click('[data-action="stop"]');
      await popup.page.waitFor(isThere('[data-recorder="idle"]'));
      await popup.close();

      const options = await browser.open(await browser.extensionUrl('src/options/options.html'));
      await options.page.waitFor(says('Aud-it-Einstellungen'));
      for (const part of ['clients', 'resources', 'acceptedByDesign'])
        await options.page.click(`[data-add="${part}"]`);
      await options.page.click('[data-action="save"]');
      await options.page.waitFor(isThere('[data-invalid="true"]'));
      await expectGerman(options.page, 'the options');
      await options.page.screenshot(await pictureFile(`german-${kind}-options`));
      await options.page.click('[data-action="discard"]');
      await options.close();

      const sessions = await openSessions(browser);
      await bring(sessions.page, [
        { name: 'lab.har', text: HAR },
        { name: 'broken.har', text: HAR.slice(0, HAR.length / 3) },
        { name: 'none.json', text: '{"schemaVersion":' },
      ]);
      await sessions.page.waitFor(`document.querySelectorAll('[data-session]').length === 3`);
      await sessions.page.click('[data-name="lab.har"] [data-action="open"]');
      await sessions.page.waitFor(isThere('[data-detail]'));
      await expectGerman(sessions.page, 'a session');
      await sessions.page.screenshot(await pictureFile(`german-${kind}-sessions`));
      await sessions.page.click('[data-name="lab.har"] input');
      await sessions.page.click('[data-name="broken.har"] input');
      await sessions.page.click('[data-action="compare"]');
      await sessions.page.waitFor(isThere('[data-comparison]'));
      await expectGerman(sessions.page, 'two sessions');
    });

    it('the panel is', async () => {
      const { browser, lab, kind } = world();
      const tab = await browser.open(`${lab.origins.app}/`);
      const panel = await tab.openDevtools();
      await panel.waitFor(says('Noch keine Anfrage mit Token'));
      await expectGerman(panel, 'the empty panel');
      await signIn(tab.page, lab);
      for (const id of ['expired-token', 'opaque-access-token', 'id-token-to-api'] as const)
        await press(tab.page, id);
      await show(panel, 'all');
      await panel.click(rowOf(lab, PROFILE));
      await panel.waitFor(isThere('[data-signature="verified"]'));
      await panel.waitFor(isThere('[data-part="issued-in"] .place'));
      await panel.screenshot(await pictureFile(`german-${kind}-detail`));
      await expectGerman(panel, 'the list and a detail');

      await panel.click('[data-action="record"]');
      await panel.click('[data-filter-text]');
      await panel.type('farbe:x is:gut kind:');
      await panel.waitFor(isThere('[data-suggestion]'));
      await panel.press('ArrowDown');
      await expectGerman(panel, 'suggestions, mistakes and the recorder');
      await panel.press('Escape');
      await panel.press('Escape');
      await panel.click('[data-action="view"]');
      await panel.waitFor(isThere('#view-menu'));
      await expectGerman(panel, 'the menu');
      await panel.screenshot(await pictureFile(`german-${kind}-menu`));
      await panel.press('Escape');
      await panel.click('[data-action="record"]');
      await panel.click('[data-action="help"]');
      await panel.waitFor(isThere('dialog[open]'));
      await expectGerman(panel, 'the help');
      await panel.screenshot(await pictureFile(`german-${kind}-help`));
      await panel.press('Escape');
      await panel.waitFor(`!(${isThere('dialog[open]')})`);
      for (const view of ['map', 'timeline'] as const) {
        await panel.click(`[data-view="${view}"]`);
        await panel.waitFor(isThere(`.${view}[data-loaded="true"] :is([data-party], [data-step])`));
        await expectGerman(panel, `the ${view}`);
        await panel.screenshot(await pictureFile(`german-${kind}-${view}`));
      }
      await panel.setSize({ width: 400, height: 700 });
      await panel.screenshot(await pictureFile(`german-${kind}-timeline-narrow`));
      await panel.click('[data-view="requests"]');
      await panel.screenshot(await pictureFile(`german-${kind}-narrow`));
      const overflow = 'document.documentElement.scrollWidth - document.documentElement.clientWidth';
      expect(await panel.evaluate(overflow)).toBe(0);

      // No catalogue of such a language is there yet; what it will ask for is. URLs, hosts and tokens keep their own direction.
      await panel.evaluate(`document.documentElement.dir = 'rtl'`);
      expect(await panel.evaluate(overflow)).toBe(0);
      const directions = await panel.evaluate<readonly string[]>(
        `[...document.querySelectorAll(':is(.host, .path, [data-section="identity"] bdi, [data-claim] th bdi, pre.code)')].map((one) => getComputedStyle(one).direction)`,
      );
      expect(directions.length).toBeGreaterThan(10);
      expect(new Set(directions)).toEqual(new Set(['ltr']));
      const isUrl = `[...document.querySelectorAll('.cell.where')].every(({ firstChild, lastChild }) =>
        firstChild.getBoundingClientRect().right <= lastChild.getBoundingClientRect().left + 1)`;
      expect(await panel.evaluate(isUrl)).toBe(true);
      await panel.screenshot(await pictureFile(`rtl-${kind}-narrow`));
      await panel.setSize({ width: 1280, height: 800 });
      await panel.screenshot(await pictureFile(`rtl-${kind}-wide`));
      expect(await axeFindings(panel), 'from right to left').toEqual([]);
    });
  },
  { language: 'de' },
);
