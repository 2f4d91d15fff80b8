import { crx } from '@crxjs/vite-plugin';
import { defineConfig, type UserConfig } from 'vite';
import manifest from './manifest.json' with { type: 'json' };
import project from './package.json' with { type: 'json' };

/** The oldest browsers with all that is used: Firefox since its Android twin knows data collection too, Chromium with 10 MB of `storage.session`. */
const GECKO = {
  id: 'aud-it@aud-it.dev',
  strict_min_version: '142.0',
  data_collection_permissions: { required: ['none' as const] },
};
const CHROMIUM = '120';

/** One manifest.json for both browsers: here is all in which they differ. The version is package.json's. */
function manifestFor(browser: string) {
  const { background, ...common } = { ...manifest, manifest_version: 3 as const, version: project.version };
  return browser === 'firefox'
    ? {
        ...common,
        background: { scripts: [background.service_worker], type: 'module' as const },
        browser_specific_settings: { gecko: GECKO },
      }
    : { ...common, background: { ...background, type: 'module' as const }, minimum_chrome_version: CHROMIUM };
}

/** The command line: one file that needs nothing but Node. */
const COMMAND_LINE: UserConfig = {
  build: {
    ssr: 'src/cli/aud-it.ts',
    outDir: 'dist/cli',
    emptyOutDir: true,
    copyPublicDir: false,
    // The oldest that package.json's "engines" takes.
    target: 'node20.19',
    rollupOptions: { output: { entryFileNames: 'aud-it.js' } },
  },
  ssr: { noExternal: true },
};

export default defineConfig(({ mode }) => {
  if (mode === 'cli') return COMMAND_LINE;
  const browser = mode === 'firefox' ? 'firefox' : 'chrome';
  return {
    plugins: [crx({ manifest: manifestFor(browser), browser })],
    build: {
      outDir: `dist/${browser}`,
      emptyOutDir: true,
      target: browser === 'firefox' ? 'firefox142' : 'chrome120',
      // The panel and the sessions page are opened by the extension itself: the manifest doesn't name them.
      rollupOptions: { input: { panel: 'src/panel/panel.html', sessions: 'src/sessions/sessions.html' } },
      modulePreload: { polyfill: false },
    },
  };
});
