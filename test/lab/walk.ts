import type { PageDriver } from '../browsers/panel-driver.ts';
import { FLOWS } from './flows.ts';
import { HABITS, type Habit } from './habits.ts';
import type { Lab } from './lab.ts';

/** Opens the lab's app and logs in as a person would; resolves when the app says that it is signed in. */
export async function signIn(page: PageDriver, lab: Lab): Promise<void> {
  if (!(await page.url()).startsWith(lab.origins.app)) await page.goto(`${lab.origins.app}/`);
  await page.waitFor(`document.documentElement.dataset.signedIn === 'false'`);
  await page.click('#sign-in');
  // The provider knows its own session: who signed in before (in another tab, say) is not asked again.
  const isSignedIn = `document.documentElement.dataset.signedIn === 'true'`;
  const isAsked = `document.querySelector('#sign-in-as-ada') !== null`;
  await page.waitFor(`${isSignedIn} || ${isAsked}`);
  if (await page.evaluate<boolean>(isAsked)) await page.click('#sign-in-as-ada');
  await page.waitFor(isSignedIn);
}

/** Presses a habit's button. @returns what the app says came of it */
export async function press(page: PageDriver, id: Habit['id']): Promise<string> {
  await page.click(`[data-habit="${id}"]`);
  const result = `document.querySelector('[data-result="${id}"]')?.textContent ?? ''`;
  await page.waitFor(`/^(?:done|failed)/.test(${result})`);
  return page.evaluate<string>(result);
}

/** Every habit and every flow, in an order in which they can be walked: nothing works after the logout. */
export const EVERYTHING: readonly Habit[] = [...HABITS.slice(0, -1), ...FLOWS, ...HABITS.slice(-1)];

/** Signs in and presses the buttons of habits, in order: of those that are not flows, where it is not said. */
export async function walk(
  page: PageDriver,
  lab: Lab,
  habits: readonly Pick<Habit, 'id'>[] = HABITS,
): Promise<void> {
  await signIn(page, lab);
  for (const { id } of habits) await press(page, id);
}

/** A line of the panel's list, as its attributes tell it. */
export interface ShownRow {
  readonly exchange: string;
  readonly verdict: string;
  readonly host: string;
  readonly path: string;
  readonly kinds: string;
  /** Ids of the rules that failed, by spaces. */
  readonly rules: string;
  readonly cantTell: string;
}

/** Source of an expression that gives the rows of the list which are in the document. */
export const SHOWN_ROWS = `[...document.querySelectorAll('[data-exchange]')].map(({ dataset }) => ({ ...dataset }))`;

/** Source of an expression that gives the ID token of whoever is signed in, from where the SDK keeps it. */
export const ID_TOKEN = `JSON.parse(Object.entries(sessionStorage).find(([name]) => name.startsWith('oidc.user:'))[1]).id_token`;
