import { expect, it } from 'vitest';
import { press, signIn } from '../lab/walk.ts';
import { describeInBrowsers, isThere, rowOf, rowsOf, show } from './harness.ts';

/** What a broken or hostile page sends: each entry becomes a fetch to the API, under a path of its own. */
const HOSTILE: readonly { readonly path: string; readonly init: string }[] = [
  { path: '/bad/header', init: `{ headers: { authorization: 'Bearer eyJ!!!.%%%.x' } }` },
  {
    path: '/bad/claims',
    init: `{ headers: { authorization: 'Bearer ' + btoa('{"alg":"RS256"}') + '.bm90IGpzb24.AA' } }`,
  },
  { path: '/bad/empty', init: `{ headers: { authorization: 'Bearer' } }` },
  { path: '/bad/undefined', init: `{ headers: { authorization: 'Bearer undefined' } }` },
  { path: '/bad/long', init: `{ headers: { authorization: 'Bearer ' + 'a.'.repeat(4000) } }` },
  {
    path: '/bad/deep',
    init: `{ method: 'POST', headers: { 'content-type': 'application/json' }, body: '['.repeat(10000) + ']'.repeat(10000) }`,
  },
  {
    path: '/bad/json',
    init: `{ method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"id_token": ' }`,
  },
  {
    path: '/bad/proto',
    init: `{ headers: { authorization: 'Bearer ' + btoa('{"alg":"RS256","__proto__":{"x":1}}').replaceAll('=', '') + '.' + btoa('{"__proto__":{"aud":"x"},"constructor":1}').replaceAll('=', '') + '.AA' } }`,
  },
  {
    path: '/bad/form',
    init: `{ method: 'POST', body: new URLSearchParams([['id_token', '<img src=x onerror=alert(1)>']]) }`,
  },
  {
    // Two audiences in Hebrew, a letter each, and a character that turns around what follows it.
    path: '/bad/order',
    init: `{ headers: { authorization: 'Bearer ' + btoa('{"alg":"RS256"}') + '.' + btoa('{"aud":["\\\\u05d0","\\\\u05d1"],"iss":"https://a.test/\\\\u202etset.b"}').replaceAll('=', '') + '.AA' } }`,
  },
  { path: '/bad/url?id_token=%E0%A4%A&access_token=', init: '{}' },
];

describeInBrowsers('bad input', (world) => {
  it('never reaches the page, never stops the observer, and is shown for what it is', async () => {
    const { browser, lab } = world();
    const tab = await browser.open(`${lab.origins.app}/`);
    const panel = await tab.openDevtools();
    await show(panel, 'all');
    await signIn(tab.page, lab);
    await tab.page.evaluate(`window.addEventListener('error', () => { document.title = 'page broken'; })`);
    for (const { path, init } of HOSTILE) {
      await tab.page.evaluate(
        `fetch(${JSON.stringify(lab.origins.api + path)}, ${init}).then(() => true, () => false)`,
      );
    }
    // The observer is still there for what comes after.
    await press(tab.page, 'id-token-to-api');
    await panel.waitFor(
      isThere(rowOf(lab, { request: { method: 'GET', host: 'api', path: '/lax/profile' } })),
    );
    expect(await tab.page.evaluate<string>('document.title')).not.toBe('page broken');

    const rows = await rowsOf(panel);
    const shown = (path: string) => rows.find((row) => row.path === path);
    expect(shown('/bad/header')).toMatchObject({ kinds: 'opaque', rules: '' });
    expect(shown('/bad/claims')).toMatchObject({ rules: '' });
    expect(shown('/bad/proto')).toMatchObject({ kinds: 'unknown_jwt', rules: '' });
    expect(shown('/bad/undefined')).toBeUndefined();
    expect(shown('/bad/json')).toBeUndefined();

    await panel.click(rowOf(lab, { request: { method: 'GET', host: 'api', path: '/bad/claims' } }));
    await panel.waitFor(`document.body.textContent.includes('not base64url of a JSON object')`);
    await panel.waitFor(`document.querySelectorAll('[data-reason]').length > 0`);
    const unseen = await panel.evaluate<string[]>(
      `[...document.querySelectorAll('[data-reason]')].map(({ dataset }) => dataset.reason)`,
    );
    expect(unseen).toEqual(expect.arrayContaining(['header_malformed', 'body_malformed']));

    // Nothing that it says changes the order of what stands beside it.
    await panel.click(rowOf(lab, { request: { method: 'GET', host: 'api', path: '/bad/order' } }));
    await panel.waitFor(`document.querySelector('[data-check="aud"] .untrusted bdi') !== null`);
    const order = await panel.evaluate<{ readonly text: string; readonly left: readonly number[] }>(`(() => {
      const [text] = document.querySelectorAll('[data-check="aud"] .untrusted');
      return { text: text.textContent, left: [...text.querySelectorAll('bdi')].map((one) => one.getBoundingClientRect().left) };
    })()`);
    expect(order.text).toContain('"\u05d0", "\u05d1"');
    expect(order.left[0]).toBeLessThan(order.left[1] ?? 0);
    const all = await panel.evaluate<string>('document.body.textContent');
    expect(all).toContain('https://a.test/\\u{202e}tset.b');
    expect(all).not.toMatch(/[\u202a-\u202e\u2066-\u2069]/);
  });
});
