import { expect, it } from 'vitest';
import { Popups } from '../../src/background/popups.ts';

const APP = 'https://app.example';
const AS = 'https://as.example';
const WATCHED = 1;
const POPUP = 2;

/** One observed tab with the app in it. */
function popups() {
  const origins: string[] = [];
  const tabs = {
    has: (tab: number) => tab === WATCHED,
    tabsOf: (tab: number, initiator: string | null) =>
      tab === WATCHED || (tab === -1 && initiator === APP) ? [WATCHED] : [],
    addOrigin: (tab: number, origin: string) => void origins.push(`${tab} ${origin}`),
  };
  return { popups: new Popups(tabs, { of: () => ({ isPrivate: false, cookies: null }) }), origins };
}

const main = (tabId: number, url: string, initiator?: string) =>
  ({ tabId, url, type: 'main_frame', ...(initiator === undefined ? {} : { initiator }) }) as const;

it('tells of a popup’s documents as the opener’s, until it comes back to the app', () => {
  const { popups: subject } = popups();
  subject.created(POPUP);
  expect(subject.tabsOf(main(POPUP, `${AS}/authorize?client_id=a`, APP))).toEqual([WATCHED]);
  subject.addOrigin(POPUP, AS);
  expect(subject.tabsOf(main(POPUP, `${AS}/login`, AS))).toEqual([WATCHED]);
  expect(subject.tabsOf({ tabId: POPUP, type: 'xmlhttprequest', url: `${AS}/api`, initiator: AS })).toEqual(
    [],
  );
  expect(subject.tabsOf(main(POPUP, `${APP}/callback#id_token=x`, AS))).toEqual([WATCHED]);
  subject.addOrigin(POPUP, APP);
  expect(subject.tabsOf(main(POPUP, `${AS}/elsewhere`, APP))).toEqual([]);
});

it.each([
  ['a tab that was there before', false, main(POPUP, `${AS}/authorize`, APP)],
  ['a tab with a page of the app itself', true, main(POPUP, `${APP}/other`, APP)],
  ['a tab that another page opened', true, main(POPUP, `${AS}/authorize`, 'https://other.example')],
  ['a tab that a person opened', true, main(POPUP, `${AS}/authorize`)],
])('leaves alone %s', (_, isNew, details) => {
  const { popups: subject } = popups();
  if (isNew) subject.created(POPUP);
  expect(subject.tabsOf(details)).toEqual([]);
  expect(subject.tabsOf(main(POPUP, `${AS}/next`, AS))).toEqual([]);
});

it('forgets a popup that was closed, and what an observed tab did as one', () => {
  const { popups: subject } = popups();
  subject.created(POPUP);
  subject.tabsOf(main(POPUP, `${AS}/authorize`, APP));
  subject.removed(POPUP);
  expect(subject.tabsOf(main(POPUP, `${AS}/login`, AS))).toEqual([]);
});

it('passes on where an observed tab is', () => {
  const { popups: subject, origins } = popups();
  expect(subject.tabsOf(main(WATCHED, `${APP}/`))).toEqual([WATCHED]);
  subject.addOrigin(WATCHED, APP);
  expect(origins).toEqual([`${WATCHED} ${APP}`]);
});
