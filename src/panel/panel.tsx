/** The panel's entry: the thin edge where the store meets the browser. */
import '../language.ts';

import { effect, signal } from '@preact/signals';
import { render } from 'preact';
import browser from 'webextension-polyfill';
import { PORTS } from '../messages.ts';
import { askForAccess } from './access.ts';
import { App } from './components/app.tsx';
import { PanelContext } from './components/panel-context.ts';
import { RecorderContext } from './components/record-strip.tsx';
import { connect } from './connection.ts';
import { shortcut } from './grid-keys.ts';
import { PREFERENCES_KEY, readPreferences } from './list/preferences.ts';
import { PageBegin } from './navigation.ts';
import { nextFrame } from './next-frame.ts';
import { connectSessions } from './sessions.ts';
import { createStore } from './store.ts';
import { followBrowser, followTheme } from './theme.ts';
import { createViews } from './views.ts';

/** Where letters are text. */
const TYPED_INTO = 'input:not([type="checkbox"], [type="radio"]), textarea, select';

const root = document.documentElement;
followTheme(root, browser.devtools.panels);
followBrowser(root, browser.runtime.getURL(''));

const store = createStore({ schedule: nextFrame, openedAt: Date.now() });

const views = createViews((text) => {
  store.setFilter('all');
  store.setQuery(text);
  // What was pressed has gone with its view.
  store.focus.value = { on: 'filter' };
});

const connection = connect({
  store,
  views,
  tab: browser.devtools.inspectedWindow.tabId,
  open: () => browser.runtime.connect({ name: PORTS.panel }),
  after: (delay, callback) => {
    setTimeout(callback, delay);
  },
});

const recorder = {
  sessions: connectSessions({
    tab: browser.devtools.inspectedWindow.tabId,
    open: () => browser.runtime.connect({ name: PORTS.sessions }),
    after: (delay, callback) => {
      setTimeout(callback, delay);
    },
  }),
  isOpen: signal(false),
};

async function allowAccess(): Promise<void> {
  const origins = browser.runtime.getManifest().host_permissions ?? [];
  if ((await askForAccess(browser.permissions, origins)) === 'elsewhere') connection.openAccessPage();
}

const wide = matchMedia('(min-width: 720px)');
const sideBySide = signal(wide.matches);
wide.addEventListener('change', () => {
  sideBySide.value = wide.matches;
});

// How the person likes the list is kept as soon as they say so, and not before.
void browser.storage.local.get(PREFERENCES_KEY).then((kept) => {
  store.prefer(readPreferences(kept[PREFERENCES_KEY]));
  let isFirst = true;
  effect(() => {
    const preferences = store.preferences.value;
    if (!isFirst) void browser.storage.local.set({ [PREFERENCES_KEY]: preferences });
    isFirst = false;
  });
});

// The page's own clock tells when it began to be loaded: its first request is the new page's, not the old one's.
const pageBegin = new PageBegin({
  evaluate: async (source) => browser.devtools.inspectedWindow.eval(source),
  pause: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
});
browser.devtools.network.onNavigated.addListener(async () => {
  const began = await pageBegin.navigated(Date.now());
  if (!store.preserve.peek()) connection.clear(began);
});

document.addEventListener('keydown', (event) => {
  // The focus may have left the help, for the DevTools around: the panel must not stay closed to whoever comes back.
  if (event.key === 'Escape' && store.help.peek()) {
    event.preventDefault();
    event.stopPropagation();
    store.help.value = false;
    return;
  }
  const action = shortcut(event, event.target instanceof Element && event.target.matches(TYPED_INTO));
  if (action === null || store.help.peek()) return;
  event.preventDefault();
  event.stopPropagation();
  if (action === 'help') store.help.value = true;
  else {
    views.view.value = 'requests';
    store.focus.value = { on: 'filter' };
  }
});

function clear(): void {
  store.select(null);
  connection.clear();
}

render(
  <PanelContext.Provider
    value={{
      ...{ store, views, clear },
      keys: connection,
      allowAccess: () => void allowAccess(),
      askForRaw: connection.askForRaw,
    }}
  >
    <RecorderContext.Provider value={recorder}>
      <App sideBySide={sideBySide} />
    </RecorderContext.Provider>
  </PanelContext.Provider>,
  document.body,
);
