import { join } from 'node:path';
import { launch } from '../browsers/launch.ts';
import type { AuditedBrowser, AuditedTab } from '../browsers/panel-driver.ts';
import type { Api } from './api.ts';
import { pageUrl, takeTurn } from './load.ts';
import { copyWithEmptyPanel, EMPTY_PANEL, writeProbe } from './probe-extension.ts';

export type ContestantId =
  | 'bare'
  | 'bare-again'
  | 'permission'
  | 'listeners'
  | 'asleep'
  | 'asleep-again'
  | 'devtools'
  | 'devtools-listeners'
  | 'observing'
  | 'observing-shown';

/** Enough for every URL's preflight, and for the compilers of scripts to have seen something. */
const FIRST = { concurrent: 200, sequential: 20 };

/** What a contestant's time may be of another's. */
export interface Bar {
  readonly against: ContestantId;
  readonly limit: number;
}

/** A browser as it may be when a page makes its fetches. */
export interface Contestant {
  readonly id: ContestantId;
  readonly name: string;
  /** Which extension is installed. */
  readonly extension:
    | 'none'
    | 'permission'
    | 'listeners'
    | 'panel'
    | 'panel-listeners'
    | 'aud-it'
    | 'aud-it-and-panel';
  /** The panel that the open DevTools show; null where they are closed. */
  readonly panel: string | null;
  /** What it is compared with beside the bare browser. */
  readonly floor?: ContestantId;
  readonly bars?: readonly Bar[];
  /** DevTools were open, have been closed and the background was stopped. */
  readonly wasOpen?: true;
}

/**
 * Chromium leads all requests through its browser process as soon as an extension with the permission `webRequest` is
 * installed, whether it listens or not: what that costs is not bare's, and no extension's to save.
 */
const ASLEEP = {
  extension: 'aud-it',
  panel: null,
  floor: 'permission',
  bars: [
    { against: 'bare', limit: 1.02 },
    { against: 'permission', limit: 1.02 },
  ],
} as const;
/** The least that sees requests beside open DevTools is a listener that does nothing. */
const OBSERVING = {
  floor: 'devtools',
  bars: [
    { against: 'devtools', limit: 1.15 },
    { against: 'devtools-listeners', limit: 1.15 },
  ],
} as const;

export const CONTESTANTS: readonly Contestant[] = [
  { id: 'bare', name: 'bare', extension: 'none', panel: null },
  { id: 'bare-again', name: 'bare again (the noise)', extension: 'none', panel: null },
  { id: 'permission', name: 'the permission alone', extension: 'permission', panel: null },
  { id: 'listeners', name: 'no-op listeners', extension: 'listeners', panel: null },
  { id: 'asleep', name: 'Aud-it asleep, never observed', ...ASLEEP },
  { id: 'asleep-again', name: 'Aud-it asleep again', ...ASLEEP, wasOpen: true },
  { id: 'devtools', name: 'DevTools on an empty panel', extension: 'panel', panel: EMPTY_PANEL },
  {
    id: 'devtools-listeners',
    name: 'the same and no-op listeners',
    extension: 'panel-listeners',
    panel: EMPTY_PANEL,
    floor: 'devtools',
  },
  {
    id: 'observing',
    name: 'Aud-it observing, never shown',
    ...OBSERVING,
    extension: 'aud-it-and-panel',
    panel: EMPTY_PANEL,
  },
  {
    id: 'observing-shown',
    name: 'Aud-it observing, shown',
    ...OBSERVING,
    extension: 'aud-it',
    panel: 'Aud-it',
  },
];

/** A contestant's browser, ready: its tab is open, and DevTools are as they should be. */
export interface Started {
  readonly contestant: Contestant;
  readonly tab: AuditedTab;
  close(): Promise<void>;
}

export interface Surroundings {
  readonly executablePath: string;
  /** Aud-it's build. */
  readonly build: string;
  /** Where extensions may be written. */
  readonly folder: string;
  readonly api: Api;
}

/** Starts a contestant's browser. Its page's URLs have had their preflights afterwards. */
export async function start(contestant: Contestant, surroundings: Surroundings): Promise<Started> {
  const { executablePath, api } = surroundings;
  const extension = await extensionOf(contestant, surroundings);
  const browser = await launch('chromium', {
    executablePath,
    headless: true,
    panelTitle: contestant.panel ?? 'Aud-it',
    ...(extension === null ? {} : { extension }),
  });
  try {
    const tab = await browser.open(pageUrl(api));
    if (contestant.panel !== null || contestant.wasOpen) await tab.openDevtools();
    await takeTurn(tab.page, api, FIRST, 0);
    if (contestant.panel === null && contestant.extension === 'aud-it') await fallAsleep(browser, tab);
    return { contestant, tab, close: () => browser.close() };
  } catch (error) {
    await browser.close();
    throw error;
  }
}

/** What the browser does by itself after 30 s. */
async function fallAsleep(browser: AuditedBrowser, tab: AuditedTab): Promise<void> {
  await tab.closeDevtools();
  await browser.killBackground();
}

async function extensionOf(
  { id, extension }: Contestant,
  { build, folder }: Surroundings,
): Promise<string | null> {
  const own = join(folder, id);
  switch (extension) {
    case 'none':
      return null;
    case 'permission':
      return writeProbe(own, { webRequest: 'permitted', hasPanel: false });
    case 'listeners':
      return writeProbe(own, { webRequest: 'listens', hasPanel: false });
    case 'panel':
      return writeProbe(own, { webRequest: 'none', hasPanel: true });
    case 'panel-listeners':
      return writeProbe(own, { webRequest: 'listens', hasPanel: true });
    case 'aud-it':
      return build;
    case 'aud-it-and-panel':
      return copyWithEmptyPanel(build, own);
  }
}
