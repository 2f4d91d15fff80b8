/**
 * Every rule, live: where the lab does what the rule is against, it speaks up, and where the lab does nearly the same as it
 * should be done, it is silent. One walk shows them all.
 */
import { afterAll, expect, it } from 'vitest';
import { ALL_RULES } from '../../src/core/judge/rules/index.ts';
import type { AuditedTab, PanelDriver } from '../browsers/panel-driver.ts';
import { until } from '../browsers/wait.ts';
import type { Habit } from '../lab/habits.ts';
import type { Lab } from '../lab/lab.ts';
import { LOCAL_HOSTS } from '../lab/origins.ts';
import { EVERYTHING, walk } from '../lab/walk.ts';
import { type Comparison, compare } from '../start/findings.ts';
import { type ReadRow, readRows } from '../start/panel-rows.ts';
import { GOOGLE_CLIENT_ID, SECURE_MIRROR, SHOP, STRANGER, startGoogle } from './google.ts';
import { describeInBrowsers, isThere, rowOf, rowsOf, show, type World } from './harness.ts';
import { importFile, openOptions } from './options-page.ts';

/** A session token as Ory's look (https://www.ory.com/docs/security-compliance/token-formats). */
const ORY_SESSION = 'ory_st_4tGmWz9QxkLr2Vb8NpYc7JhSd3FaEu6T';

/** How long all that is said may take to be as it should, after the last press, in ms. */
const SETTLE_MS = 20_000;

/** What the lab does right and each rule might take for what it is against. */
const LEGITIMATE: Readonly<Record<string, string>> = {
  'id-token-as-bearer': 'access-token-to-api',
  'id-token-in-body': 'hand-off',
  'id-token-in-cookie': 'own-session',
  'id-token-to-third-party': 'logout-with-id-token-hint',
  'id-token-of-another-client': 'popup-login',
  'refresh-token-outside-token-endpoint': 'device-login',
  'token-in-url': 'logout-with-id-token-hint',
  'token-over-http': 'access-token-to-api',
  'audience-mismatch': 'resource-metadata',
  'audience-missing': 'access-token-to-orders',
  'access-token-across-sites': 'opaque-access-token',
  'credential-across-sites': 'own-session',
  'token-to-unconnected-site': 'own-session',
  'access-token-as-identity': 'hand-off',
  'unsecured-jwt': 'own-session',
  'guessable-hmac-secret': 'own-session',
  'forbidden-algorithm': 'own-session',
  'invalid-signature': 'access-token-to-api',
  'nonce-mismatch': 'hybrid-login',
  'token-hash-mismatch': 'hybrid-login',
  'untrusted-issuer': 'access-token-to-api',
  'expired-token': 'access-token-to-api',
  'token-not-yet-valid': 'access-token-to-api',
  'unverifiable-token': 'access-token-to-orders',
  'other-token-as-bearer': 'access-token-to-api',
  'implicit-grant': 'hybrid-login',
  'missing-pkce': 'pushed-request',
  'plain-pkce': 'silent-login',
  'missing-state': 'request-object',
  'missing-nonce': 'form-post',
  'password-grant': 'device-login',
  'client-secret-in-browser': 'popup-login',
};

const google = await startGoogle();
afterAll(() => google.close());

describeInBrowsers(
  'every rule',
  (world) => {
    let walked: { readonly tab: AuditedTab; readonly panel: PanelDriver };

    it('is seen where it should be, and nothing is found wrong anywhere else', async () => {
      const { browser, lab } = world();
      const tab = await browser.open(`${lab.origins.app}/`);
      const panel = await tab.openDevtools();
      walked = { tab, panel };
      await show(panel, 'all');
      await walk(tab.page, lab, EVERYTHING);
      expect(await different(world(), panel, EVERYTHING)).toEqual([]);
      await untilRow(panel, '/firestore', { verdict: 'notice' });
    });

    it('is stricter where the configuration says so, and only there', async () => {
      const { browser, lab } = world();
      const { panel } = walked;
      const { login, legacy } = lab.origins;
      await panel.evaluate(filterBy('rule:untrusted-issuer'));
      await panel.waitFor(isThere('[data-empty="filtered"]'));
      const page = await openOptions(browser);
      const trustedIssuers = [
        login,
        ...['right', 'wrong-nonce', 'wrong-at-hash'].map((tenant) => `${legacy}/${tenant}`),
      ];
      await importFile(page, JSON.stringify({ trustedIssuers, strict: true }));
      // That its vendor documents the use was a notice: now it is none of the issuers, and no excuse.
      const row = rowOf(lab, habitOf('firebase-id-token'));
      const rules = 'id-token-as-bearer untrusted-issuer';
      await panel.waitFor(isThere(`${row}[data-verdict="error"][data-rules="${rules}"]`));
      expect(new Set((await rowsOf(panel)).map(({ path }) => path))).toEqual(new Set(['/firestore']));
      await page.click('[data-notice="done"] [data-action="undo"]');
      await panel.waitFor(isThere('[data-empty="filtered"]'));
    });

    it('is seen in a path and in two cookies', async () => {
      const { lab } = world();
      const { panel } = walked;
      for (const [id, place] of [
        ['id-token-in-path', 'URL path'],
        ['id-token-in-two-cookies', 'cookie, “jwt_hp + jwt_s”'],
      ] as const) {
        const habit = habitOf(id);
        const { host, pathname } = new URL(lab.origins[habit.request.host] + habit.request.path);
        await panel.evaluate(filterBy(`host:${host} path:${pathname}`));
        // Not with the mouse: the list still moves to where a row stays.
        await panel.waitFor(isThere(rowOf(lab, habit)));
        await panel.evaluate(`document.querySelector(${JSON.stringify(rowOf(lab, habit))}).click()`);
        await panel.waitFor(`document.body.textContent.includes(${JSON.stringify(place)})`);
      }
      await walked.tab.close();
    });

    it('knows an app’s client by the frames of Google’s sign-in, and is silent over https', async () => {
      const { browser, lab } = world();
      const tab = await browser.open(`${lab.origins.app}/`);
      const panel = await tab.openDevtools();
      await show(panel, 'all');
      await tab.page.evaluate(withGoogle(lab));
      const row = (host: string, path: string, rules: string) =>
        `[data-exchange][data-host="${host}"][data-path="${path}"][data-rules="${rules}"]`;
      const host = (of: 'app' | 'api' | 'mirror') => new URL(lab.origins[of]).host;
      const bearer = row(host('api'), '/google', 'id-token-as-bearer');
      for (const seen of [
        `${row(host('app'), '/api/session/google', '')}[data-kinds="id_token"]`,
        `${row(host('app'), '/flow/google', '')}[data-kinds="id_token"]`,
        bearer,
        row(host('mirror'), '/in-the-clear', 'token-over-http'),
        row(SECURE_MIRROR, '/encrypted', ''),
      ])
        await panel.waitFor(isThere(seen));
      await panel.click(bearer);
      // The frames show Google as an authorization server: its keys are asked for.
      await panel.waitFor(isThere('[data-signature="verified"]'));
      const known = `Its audience is "${GOOGLE_CLIENT_ID}", a client_id seen in use at its issuer`;
      await panel.waitFor(`document.body.textContent.includes(${JSON.stringify(known)})`);
      await tab.close();
    });

    it('asks what a stranger on the internet does with a token', async () => {
      const { browser } = world();
      const tab = await browser.open(`https://${SHOP}/`);
      const panel = await tab.openDevtools();
      await show(panel, 'all');
      for (const [host, token] of [
        [SHOP, `${ORY_SESSION}ours`],
        [STRANGER, `${ORY_SESSION}theirs`],
      ])
        await tab.page.evaluate(
          `fetch('https://${host}/bag', { headers: { authorization: 'Bearer ${token}' } }).then(() => true, () => false)`,
        );
      await panel.waitFor(isThere(`[data-exchange][data-host="${SHOP}"][data-verdict="passed"]`));
      const strange = `[data-exchange][data-host="${STRANGER}"][data-verdict="notice"]`;
      await panel.waitFor(isThere(`${strange}[data-rules="token-to-unconnected-site"]`));
      await tab.close();
    });
  },
  { localHosts: LOCAL_HOSTS, secureHosts: google },
);

/** Source that signs in with Google's button, and by its post; and takes one token to a host with and without encryption. */
function withGoogle(lab: Lab): string {
  const { api, app, login, mirror } = lab.origins;
  const query = new URLSearchParams({ client_id: GOOGLE_CLIENT_ID, origin: app });
  return `(async () => {
    const frame = (src, isHeard) => new Promise((resolve) => {
      const element = document.createElement('iframe');
      addEventListener('message', function hear({ source, data }) {
        if (source !== element.contentWindow || !isHeard(data)) return;
        removeEventListener('message', hear);
        resolve(data);
      });
      element.src = src;
      document.body.append(element);
    });
    const send = (url, token) => fetch(url, { headers: { authorization: 'Bearer ' + token } }).then((answer) => answer.text());
    const gsi = 'https://accounts.google.com/gsi/';
    const { credential } = await frame(gsi + 'button?${query}', (data) => 'credential' in data);
    const headers = { 'content-type': 'application/json' };
    await fetch('/api/session/google', { method: 'POST', headers, body: JSON.stringify({ credential }) });
    await send(${JSON.stringify(`${api}/google`)}, credential);
    await frame(gsi + 'select?${query}', (data) => 'arrived' in data);
    const { token } = await fetch(${JSON.stringify(`${login}/lab/session-token`)}, { method: 'POST' }).then((answer) => answer.json());
    await send(${JSON.stringify(`${mirror}/in-the-clear`)}, token);
    await send('https://${SECURE_MIRROR}/encrypted', token);
    return true;
  })()`;
}

/** Source that puts a text into the filter, in the place of what stands there. */
function filterBy(text: string): string {
  return `(() => {
    const field = document.querySelector('[data-filter-text]');
    field.value = ${JSON.stringify(text)};
    field.dispatchEvent(new Event('input', { bubbles: true }));
    return true;
  })()`;
}

/** Waits until the list has one row of a path, and that is so. */
async function untilRow(panel: PanelDriver, path: string, wanted: Partial<ReadRow>): Promise<void> {
  await until(`${path} to be ${JSON.stringify(wanted)}`, async () => {
    const own = (await readRows(panel)).filter((row) => row.path === path);
    const asWanted = own.filter((row) =>
      Object.entries(wanted).every(([name, value]) => Reflect.get(row, name) === value),
    );
    if (own.length !== 1 || asWanted.length !== 1) throw new Error(JSON.stringify(own));
    return true;
  });
}

/** What takes a configuration, or a host that is not of this machine, is seen in steps of its own. */
const SEEN_APART: readonly string[] = ['untrusted-issuer', 'token-to-unconnected-site'];

it('every rule has something that it is against in the lab, and something that it is not', () => {
  const found = new Set(EVERYTHING.flatMap(({ expected }) => expected));
  const ids = ALL_RULES.map(({ id }) => id);
  expect(ids.filter((id) => !found.has(id) && !SEEN_APART.includes(id))).toEqual([]);
  expect(Object.keys(LEGITIMATE).sort()).toEqual(ids.toSorted());
  const good = EVERYTHING.filter((habit) => habit.good).map(({ id }) => id);
  expect(Object.values(LEGITIMATE).filter((id) => !good.includes(id))).toEqual([]);
});

function habitOf(id: string): Habit {
  const found = EVERYTHING.find((habit) => habit.id === id);
  if (found === undefined) throw new Error(`There is no ${id}.`);
  return found;
}

/** What is other than expected, once nothing changes it any more: none, mostly. */
async function different(
  { lab }: World,
  panel: PanelDriver,
  habits: readonly Habit[],
): Promise<readonly string[]> {
  let latest: readonly Comparison[] = [];
  const look = async () => {
    latest = compare(habits, await readRows(panel), lab.origins).filter(({ asExpected }) => !asExpected);
    return latest.length === 0 || undefined;
  };
  await until('what is expected', look, SETTLE_MS).catch((error: unknown) => {
    // What differs says more; but where nothing could be read, that is what to tell.
    if (latest.length === 0) throw error;
  });
  return latest.map(({ habit, row }) => {
    if (habit === null)
      return `${row?.method} ${row?.host}${row?.path}: ${row?.rules}, and nothing was expected`;
    if (row === null) return `${habit.id}: not seen`;
    const received = lab.requests.filter(({ path }) => path === row.path).length;
    return `${habit.id}: ${row.rules} (can’t tell: ${row.cantTell}), ${row.exchange}; received ${received} times`;
  });
}
