/**
 * Every rule, live: where the lab does what the rule is against, it speaks up, and where the lab does nearly the same as it
 * should be done, it is silent. One walk shows them all.
 */
import { expect, it } from 'vitest';
import { ALL_RULES } from '../../src/core/judge/rules/index.ts';
import { until } from '../browsers/wait.ts';
import type { Habit } from '../lab/habits.ts';
import { LOCAL_HOSTS } from '../lab/origins.ts';
import { EVERYTHING, walk } from '../lab/walk.ts';
import { type Comparison, compare } from '../start/findings.ts';
import { readRows } from '../start/panel-rows.ts';
import { describeInBrowsers, show, type World } from './harness.ts';

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

describeInBrowsers(
  'every rule',
  (world) => {
    it('is seen where it should be, and nothing is found wrong anywhere else', async () => {
      const { browser, lab } = world();
      const tab = await browser.open(`${lab.origins.app}/`);
      const panel = await tab.openDevtools();
      await show(panel, 'all');
      await walk(tab.page, lab, EVERYTHING);
      expect(await different(world(), EVERYTHING, () => readRows(panel))).toEqual([]);
    });
  },
  { localHosts: LOCAL_HOSTS },
);

it('every rule has something that it is against in the lab, and something that it is not', () => {
  const found = new Set(EVERYTHING.flatMap(({ expected }) => expected));
  const ids = ALL_RULES.map(({ id }) => id);
  expect(ids.filter((id) => !found.has(id) && id !== 'untrusted-issuer')).toEqual([]);
  expect(Object.keys(LEGITIMATE).sort()).toEqual(ids.toSorted());
  const good = EVERYTHING.filter((habit) => habit.good).map(({ id }) => id);
  expect(Object.values(LEGITIMATE).filter((id) => !good.includes(id))).toEqual([]);
});

/** What is other than expected, once nothing changes it any more: none, mostly. */
async function different(
  { lab }: World,
  habits: readonly Habit[],
  rows: () => ReturnType<typeof readRows>,
): Promise<readonly string[]> {
  let latest: readonly Comparison[] = [];
  const look = async () => {
    latest = compare(habits, await rows(), lab.origins).filter(({ asExpected }) => !asExpected);
    return latest.length === 0 || undefined;
  };
  await until('what is expected', look, SETTLE_MS).catch((error: unknown) => {
    // What differs says more; but where nothing could be read, that is what to tell.
    if (latest.length === 0) throw error;
  });
  return latest.map(({ habit, row }) =>
    habit === null
      ? `${row?.method} ${row?.host}${row?.path}: ${row?.rules}, and nothing was expected`
      : `${habit.id}: ${row === null ? 'not seen' : `${row.rules} (can’t tell: ${row.cantTell})`}`,
  );
}
