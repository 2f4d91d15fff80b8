/** The panel's entry: the thin edge where the store meets the browser. */
import { signal } from '@preact/signals';
import { render } from 'preact';
import browser from 'webextension-polyfill';
import { PORTS } from '../messages.ts';
import { askForAccess } from './access.ts';
import { App } from './components/app.tsx';
import { PanelContext } from './components/panel-context.ts';
import { RecorderContext } from './components/record-strip.tsx';
import { connect } from './connection.ts';
import { nextFrame } from './next-frame.ts';
import { connectSessions } from './sessions.ts';
import { createStore } from './store.ts';
import { followBrowser, followTheme } from './theme.ts';

const root = document.documentElement;
followTheme(root, browser.devtools.panels);
followBrowser(root, browser.runtime.getURL(''));

const store = createStore({ schedule: nextFrame, openedAt: Date.now() });

const connection = connect({
  store,
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

function clear(): void {
  store.select(null);
  connection.clear();
}

render(
  <PanelContext.Provider value={{ store, clear, allowAccess: () => void allowAccess() }}>
    <RecorderContext.Provider value={recorder}>
      <App sideBySide={sideBySide} />
    </RecorderContext.Provider>
  </PanelContext.Provider>,
  document.body,
);
