/** The sessions page's entry: what was recorded, in a tab of its own. */
import '../language.ts';

import { effect } from '@preact/signals';
import { render } from 'preact';
import browser from 'webextension-polyfill';
import { IndexedDbArchive } from '../archive/indexed-db-archive.ts';
import { checkConfiguration } from '../core/configure/read-configuration.ts';
import { type Configuration, NO_CONFIGURATION } from '../core/model/configuration.ts';
import { CONFIGURATION_KEY, PORTS } from '../messages.ts';
import { SESSION_WORDS } from '../panel/session-words.ts';
import { connectSessions } from '../panel/sessions.ts';
import { followBrowser, followTheme } from '../panel/theme.ts';
import { nextTask } from './next-task.ts';
import { SessionsPage } from './sessions-page.tsx';
import { createSessionsStore } from './store.ts';

document.title = SESSION_WORDS.page.documentTitle;
followTheme(document.documentElement, null);
followBrowser(document.documentElement, browser.runtime.getURL(''));

const sessions = connectSessions({
  tab: null,
  open: () => browser.runtime.connect({ name: PORTS.sessions }),
  after: (delay, callback) => {
    setTimeout(callback, delay);
  },
});

const store = createSessionsStore({
  archive: new IndexedDbArchive(),
  sessions,
  version: browser.runtime.getManifest().version,
  configuration,
  now: Date.now,
  newId: () => crypto.randomUUID(),
  pause,
});

/** Only timers let Firefox draw; who doesn't look need not wait for them. */
function pause(): Promise<void> {
  return document.hidden ? nextTask() : new Promise((resolve) => setTimeout(resolve, 0));
}

async function configuration(): Promise<Configuration> {
  const stored = (await browser.storage.local.get(CONFIGURATION_KEY))[CONFIGURATION_KEY];
  const reading = stored === undefined ? null : checkConfiguration(stored);
  return reading !== null && 'configuration' in reading ? reading.configuration : NO_CONFIGURATION;
}

/** What the background wrote is read again, whichever page it was written for. */
effect(() => {
  if (sessions.state.value !== null) void store.reload();
});

render(<SessionsPage store={store} />, document.body);
