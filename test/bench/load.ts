import type { PageDriver } from '../browsers/panel-driver.ts';
import type { Api } from './api.ts';

/** How many fetches of each sort are made in one turn. */
export interface Batch {
  /** Six at a time. Even. */
  readonly concurrent: number;
  /** One after the other. */
  readonly sequential: number;
}

/** How long a turn's fetches took, in ms for each 1,000. */
export type Times = Readonly<Record<keyof Batch, number>>;

/** Turns between two renewals of the token: an app sends the same one hundreds of times. */
const RENEWS_EVERY = 5;
/** Turns after which the page is loaded anew: DevTools keep a log that is emptied then. */
const RELOADS_EVERY = 10;
/** What is left to be done after a turn (writing down, showing) must not burden the next browser. */
const SETTLE_MS = 150;

/** @returns the address of the page that makes the fetches */
export function pageUrl({ origins }: Api): string {
  return `${origins.app}/?${new URLSearchParams({ api: origins.api, login: origins.login })}`;
}

/**
 * Lets the page make its fetches.
 * @param turn counts the browser's turns, from 0
 */
export async function takeTurn(page: PageDriver, api: Api, batch: Batch, turn: number): Promise<Times> {
  if (turn % RELOADS_EVERY === 0) await page.goto(pageUrl(api));
  const options = { ...batch, renews: turn % RENEWS_EVERY === RENEWS_EVERY - 1 };
  const times = await page.evaluate<Times>(`takeTurn(${JSON.stringify(options)})`);
  await page.evaluate(`new Promise((resolve) => setTimeout(resolve, ${SETTLE_MS}))`);
  return times;
}
