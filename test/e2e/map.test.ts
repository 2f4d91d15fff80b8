import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { until } from '../browsers/wait.ts';
import { press, signIn } from '../lab/walk.ts';
import { describeInBrowsers, hasLines, isThere, pictureFile, rowsOf } from './harness.ts';

const downloads = mkdtempSync(join(tmpdir(), 'aud-it-downloads-'));
afterAll(() => rmSync(downloads, { recursive: true, force: true }));

/** The text of the picture that was saved last, once it is whole; it is taken away. */
function savedPicture(): Promise<string> {
  const file = join(downloads, 'aud-it-map.svg');
  return until('the picture on the disk', async () => {
    try {
      const text = readFileSync(file, 'utf8');
      if (!text.endsWith('</svg>\n')) return undefined;
      rmSync(file);
      return text;
    } catch {
      return undefined;
    }
  });
}

describeInBrowsers(
  'the map',
  (world) => {
    it('shows who sends what to whom, the bad in red, and a click filters the list', async () => {
      const { browser, lab, kind } = world();
      const tab = await browser.open(`${lab.origins.app}/`);
      const panel = await tab.openDevtools();
      await panel.click('[data-view="map"]');
      await signIn(tab.page, lab);
      const walk = [
        'access-token-to-api',
        'access-token-to-orders',
        'opaque-access-token',
        'id-token-to-api',
        'id-token-to-third-party',
      ] as const;
      for (const id of walk) await press(tab.page, id);
      const host = (of: 'api' | 'login' | 'collector' | 'orders') => new URL(lab.origins[of]).host;
      const bad = `[data-party="api:${host('api')}"] [data-filter-by="host:${host('api')} kind:id_token"]`;
      await panel.waitFor(isThere(bad));
      await panel.waitFor(isThere(`[data-party="third_party:${host('collector')}"][data-tone="error"]`));
      await panel.waitFor(
        `document.querySelector('[data-party^="server:"]').textContent.includes('Issues ID token')`,
      );
      const parties = await panel.evaluate<Record<string, string>>(
        `Object.fromEntries([...document.querySelectorAll('[data-party]')].map(({ dataset }) => [dataset.party, dataset.tone]))`,
      );
      expect(parties).toEqual({
        'client:shop-spa': 'plain',
        [`server:${host('login')}`]: 'plain',
        [`api:${host('api')}`]: 'error',
        [`api:${host('orders')}`]: 'plain',
        [`third_party:${host('collector')}`]: 'error',
      });
      for (const theme of ['light', 'dark'] as const) {
        await panel.setTheme(theme);
        await panel.waitFor(`matchMedia('(prefers-color-scheme: ${theme})').matches`);
        await panel.screenshot(await pictureFile(`map-${kind}-${theme}`));
      }

      // The picture is saved as a document of its own.
      await panel.click('[data-action="save-map"]');
      const picture = await savedPicture();
      expect(picture).toContain('<svg xmlns="http://www.w3.org/2000/svg"');
      expect(picture).toContain(host('collector'));
      expect(picture).not.toMatch(/<script|href=|on\w+=/i);

      await panel.click(bad);
      await panel.waitFor(`document.querySelector('#tab-requests').ariaSelected === 'true'`);
      const filter = `document.querySelector('[data-filter-text]').value`;
      await panel.waitFor(`${filter} === ${JSON.stringify(`host:${host('api')} kind:id_token`)}`);
      await panel.waitFor(isThere('[data-kinds="id_token"]'));
      expect(new Set((await rowsOf(panel)).map((row) => row.host))).toEqual(new Set([host('api')]));

      // The tabs go by keyboard, too.
      await panel.evaluate(`document.querySelector('#tab-requests').focus()`);
      await panel.press('ArrowRight');

      // A cell of the audience × host matrix leaves the requests that it counts.
      const cell = `.matrix-cell[data-filter-by*="host:${host('collector')}"]`;
      await panel.waitFor(isThere(cell));
      const { text, count } = await panel.evaluate<{ text: string; count: number }>(
        `(({ dataset, lastChild }) => ({ text: dataset.filterBy, count: Number(lastChild.data) }))(document.querySelector(${JSON.stringify(cell)}))`,
      );
      await panel.click(cell);
      await panel.waitFor(`${filter} === ${JSON.stringify(text)}`);
      await panel.waitFor(hasLines(count));
      expect(text).toContain(`aud:${lab.clientId}`);
      expect(await rowsOf(panel)).toMatchObject([{ host: host('collector'), kinds: 'id_token' }]);
      await panel.click('[data-view="map"]');
      await panel.setSize({ width: 400, height: 700 });
      await panel.waitFor(isThere('[data-direction="stack"] [data-party]'));
      await panel.screenshot(await pictureFile(`map-${kind}-narrow`));
    });
  },
  { downloads },
);
