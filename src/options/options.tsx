/** The options page's entry: the configuration as a form, kept in `storage.local`, from where the background takes it. */
import '../language.ts';

import { render } from 'preact';
import browser from 'webextension-polyfill';
import { CONFIGURATION_KEY } from '../messages.ts';
import { followBrowser, followTheme } from '../panel/theme.ts';
import { OptionsContext } from './components/options-context.ts';
import { OptionsPage } from './components/options-page.tsx';
import { createOptionsStore } from './options-store.ts';
import { OPTIONS } from './words.ts';

document.title = OPTIONS.title;

/** Larger files are not read into memory. */
const MAX_FILE_BYTES = 1_048_576;

followTheme(document.documentElement, null);
followBrowser(document.documentElement, browser.runtime.getURL(''));

const store = createOptionsStore({
  read: async () => (await browser.storage.local.get(CONFIGURATION_KEY))[CONFIGURATION_KEY],
  write: (configuration) => browser.storage.local.set({ [CONFIGURATION_KEY]: configuration }),
});

async function save(): Promise<void> {
  if (!(await store.save())) document.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
}

async function importFile(file: File): Promise<void> {
  if (file.size > MAX_FILE_BYTES) {
    store.notice.value = { tone: 'refused', text: OPTIONS.refused(file.name, 1), lines: [OPTIONS.tooLarge] };
  } else await store.importFile(file.name, await file.text());
  scrollTo({ top: 0 });
}

function exportFile(): void {
  const text = store.exportText();
  if (text === null) {
    document.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
    return;
  }
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
  link.download = 'aud-it.config.json';
  link.click();
  URL.revokeObjectURL(link.href);
}

browser.storage.local.onChanged.addListener((changes) => {
  const change = changes[CONFIGURATION_KEY];
  if (change !== undefined) store.keptElsewhere(change.newValue);
});
addEventListener('beforeunload', (event) => {
  if (store.isChanged.value) event.preventDefault();
});
addEventListener('keydown', (event) => {
  if (event.key !== 's' || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
  event.preventDefault();
  void save();
});

await store.load();
render(
  <OptionsContext.Provider value={store}>
    <OptionsPage
      today={new Date().toISOString().slice(0, 10)}
      onImport={(file) => void importFile(file)}
      onExport={exportFile}
      onSave={() => void save()}
    />
  </OptionsContext.Provider>,
  document.body,
);
