/** The panel's entry: the thin edge where the store meets the browser. */
import { signal } from '@preact/signals';
import { render } from 'preact';
import browser from 'webextension-polyfill';
import { PORTS } from '../messages.ts';
import { askForAccess } from './access.ts';
import { App } from './components/app.tsx';
import { PanelContext } from './components/panel-context.ts';
import { connect } from './connection.ts';
import { nextFrame } from './next-frame.ts';
import { createStore } from './store.ts';
import { followBrowser, followTheme } from './theme.ts';
import { createViews } from './views.ts';

const root = document.documentElement;
followTheme(root, browser.devtools.panels);
followBrowser(root, browser.runtime.getURL(''));

const store = createStore({ schedule: nextFrame, openedAt: Date.now() });

const views = createViews();

const connection = connect({
  store,
  views,
  tab: browser.devtools.inspectedWindow.tabId,
  open: () => browser.runtime.connect({ name: PORTS.panel }),
  after: (delay, callback) => {
    setTimeout(callback, delay);
  },
});

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
  <PanelContext.Provider
    value={{
      ...{ store, views, clear },
      keys: connection,
      allowAccess: () => void allowAccess(),
      askForRaw: connection.askForRaw,
    }}
  >
    <App sideBySide={sideBySide} />
  </PanelContext.Provider>,
  document.body,
);
