/** The toolbar popup's entry. With `?access` in its URL it is the page, in a tab, that only asks for access. */
import '../language.ts';

import { signal } from '@preact/signals';
import { render } from 'preact';
import browser from 'webextension-polyfill';
import { type FromPopup, PORTS, readToPopup, type ToPopup } from '../messages.ts';
import { askForAccess } from '../panel/access.ts';
import { lastingPort } from '../panel/lasting-port.ts';
import { connectSessions, type Sessions } from '../panel/sessions.ts';
import { followBrowser, followTheme } from '../panel/theme.ts';
import { WORDS } from '../panel/words.ts';
import { PopupPage } from './popup-page.tsx';
import { popupView } from './popup-view.ts';

const asking = new URLSearchParams(location.search).has('access');
const keys = navigator.userAgent.includes('Mac') ? WORDS.popup.keysMac : WORDS.popup.keys;
const origins = browser.runtime.getManifest().host_permissions ?? [];

const status = signal<ToPopup | null>(null);
const has = signal<boolean | null>(null);
const refused = signal(false);
const sessions = signal<Sessions | null>(null);

followTheme(document.documentElement, null);
followBrowser(document.documentElement, browser.runtime.getURL(''));
document.documentElement.dataset['page'] = asking ? 'tab' : 'popup';

async function allow(): Promise<void> {
  // Nothing is awaited before the request: browsers ask only where a click led straight to it.
  const answer = await askForAccess(browser.permissions, origins);
  refused.value = answer !== 'granted';
  if (answer === 'granted') has.value = true;
}

async function openOptions(): Promise<void> {
  await browser.runtime.openOptionsPage();
  window.close();
}

async function readPermissions(): Promise<void> {
  has.value = await browser.permissions.contains({ origins });
}

async function report(): Promise<void> {
  const tab = await tabInFront();
  if (tab === undefined) return;
  const after = (delay: number, callback: () => void): void => {
    setTimeout(callback, delay);
  };
  sessions.value = connectSessions({
    tab,
    open: () => browser.runtime.connect({ name: PORTS.sessions }),
    after,
  });
  lastingPort<FromPopup>({
    open: () => {
      const port = browser.runtime.connect({ name: PORTS.popup });
      port.postMessage({ type: 'popup/open', tab } satisfies FromPopup);
      return port;
    },
    onMessage: (message) => {
      status.value = readToPopup(message) ?? status.value;
    },
    onLost: () => {},
    after,
  });
}

/** The tab that the popup hangs on; as a page of its own, it speaks of the one that its URL names. */
async function tabInFront(): Promise<number | undefined> {
  const named = new URLSearchParams(location.search).get('tab');
  if (named !== null) return Number(named);
  const [active] = await browser.tabs.query({ active: true, currentWindow: true });
  return active?.id;
}

function Popup() {
  return (
    <PopupPage
      view={popupView(status.value, asking, has.value)}
      refused={refused.value}
      keys={keys}
      onAllow={() => void allow()}
      onOptions={() => void openOptions()}
      sessions={sessions.value}
    />
  );
}

render(<Popup />, document.body);
browser.permissions.onAdded.addListener(() => void readPermissions());
browser.permissions.onRemoved.addListener(() => void readPermissions());
if (asking) void readPermissions();
else void report();
