import { expect, it } from 'vitest';
import type { PageDriver } from '../browsers/panel-driver.ts';
import { harEntry, harFile } from '../fixtures/har.ts';
import { jwt } from '../fixtures/jwt.ts';
import { describeInBrowsers, isThere } from './harness.ts';
import { bringMade, openSessions } from './recorder-pages.ts';

/** About a megabyte of a recording: a call with a token, and scripts that nobody reads. */
const TOKEN = jwt({ alg: 'none' }, { iss: 'https://login.example', aud: 'https://api.example' }, '');
const SCRIPT = 'export const answer = "forty-two"; /* as they say */ '.repeat(4_000);
const MEGABYTE = [
  harEntry({ url: 'https://api.example/orders', headers: { Authorization: `Bearer ${TOKEN}` } }),
  ...Array.from({ length: 5 }, (_, number) =>
    harEntry({
      url: `https://app.example/${number}.js`,
      response: { content: { size: SCRIPT.length, mimeType: 'text/javascript', text: SCRIPT } },
    }),
  ),
];
const [HEAD = '', TAIL = ''] = harFile(['here']).split('"here"');

/** Source of the parts of a HAR of so many megabytes: the browser holds one of them, however often it stands there. */
function megabytes(count: number, tail = TAIL): string {
  const one = MEGABYTE.map((entry) => JSON.stringify(entry)).join(',\n');
  return `((one) => [${JSON.stringify(HEAD)}, one, ...Array(${count - 1}).fill(new Blob([',\\n', one])), ${JSON.stringify(tail)}])(${JSON.stringify(one)})`;
}

/** Source: the same, gzipped. */
function gzipped(parts: string): string {
  return `new Response(new Blob(${parts}).stream().pipeThrough(new CompressionStream('gzip'))).blob().then((blob) => [blob])`;
}

/** Notes how far the page says it is. */
function watchProgress(page: PageDriver): Promise<void> {
  return page.evaluate(`(() => {
    globalThis.told = new Set();
    new MutationObserver(() => {
      const bar = document.querySelector('.importing');
      if (bar !== null) globalThis.told.add(Number(bar.dataset.done));
    }).observe(document.body, { subtree: true, childList: true, attributes: true });
  })()`);
}

async function imported(page: PageDriver, name: string): Promise<string> {
  await page.waitFor(isThere(`[data-name="${name}"]`), { timeoutMs: 280_000 });
  return page.evaluate<string>(`document.querySelector('[data-name="${name}"] .found').textContent`);
}

/** `IMPORT_MB=1000` tries a gigabyte. */
const MB = Number(process.env['IMPORT_MB'] ?? 400);

describeInBrowsers('a large recording', (world) => {
  it('is imported piece by piece, with progress', async () => {
    const { page } = await openSessions(world().browser);
    await watchProgress(page);
    await bringMade(page, 'large.har', megabytes(MB));
    expect(await imported(page, 'large.har')).toContain(`${(MB * 6).toLocaleString('en')} requests`);
    const told = await page.evaluate<number[]>('[...globalThis.told]');
    expect(told.length).toBeGreaterThan(MB / 10);
    expect(told).toEqual([...told].sort((a, b) => a - b));
    expect(await page.evaluate<number>(`document.querySelectorAll('[data-problem]').length`)).toBe(0);
  }, 300_000);

  it.each(['the button', 'Escape'])('is imported no further after %s', async (by) => {
    const { page } = await openSessions(world().browser);
    await bringMade(page, 'unwanted.har', megabytes(MB));
    await page.waitFor(`Number(document.querySelector('.importing')?.dataset.done) > 0`);
    if (by === 'Escape') await page.press('Escape');
    else await page.click('[data-action="cancel-import"]');
    await page.waitFor(isThere('[data-problem]'));
    expect(await page.evaluate<string>(`document.querySelector('[data-problem]').textContent`)).toBe(
      'unwanted.har: cancelled; nothing of it was kept',
    );
    await page.waitFor(isThere('[data-action="import"]:enabled'));
    expect(await page.evaluate<boolean>(isThere('[data-name="unwanted.har"]'))).toBe(false);
  });

  it('is imported gzipped; of one that is cut off, all that could be read', async () => {
    const { page } = await openSessions(world().browser);
    await bringMade(page, 'packed.har.gz', gzipped(megabytes(20)));
    expect(await imported(page, 'packed.har.gz')).toContain('120 requests');
    await bringMade(
      page,
      'cut.har.gz',
      `${gzipped(megabytes(20))}.then(([blob]) => [blob.slice(0, blob.size - 64)])`,
    );
    const found = await imported(page, 'cut.har.gz');
    expect(Number(/(\d+) requests/.exec(found)?.[1])).toBeGreaterThan(100);
    await page.waitFor(isThere('[data-problem]'));
    expect(await page.evaluate<string>(`document.querySelector('[data-problem]').textContent`)).toMatch(
      /^cut\.har\.gz: it is compressed, and damaged or cut off; line \d+, column \d+: it ends.* \(\d+ entries before/,
    );
  });
});
