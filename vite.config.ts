import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { crx } from '@crxjs/vite-plugin';
import { defineConfig, type Plugin, type UserConfig } from 'vite';
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

const TESTING_FOLDER = join(import.meta.dirname, 'dist/testing');

/** The module for browser tests: one file that needs nothing but Node, and its types. */
const TESTING: UserConfig = {
  plugins: [typesBeside()],
  build: {
    ssr: 'src/testing/index.ts',
    outDir: TESTING_FOLDER,
    emptyOutDir: true,
    copyPublicDir: false,
    target: 'node20.19',
    rollupOptions: { output: { entryFileNames: 'index.js' } },
  },
  ssr: { noExternal: true },
};

/** Writes the declarations that `aud-it/testing` shows, and none of what only its inside knows. */
function typesBeside(): Plugin {
  return {
    name: 'types-beside',
    writeBundle() {
      const all = join(TESTING_FOLDER, 'all-types');
      const compiler = join(import.meta.dirname, 'node_modules/typescript/bin/tsc');
      execFileSync(process.execPath, [compiler, '-p', 'src/testing/tsconfig.json', '--outDir', all], {
        cwd: import.meta.dirname,
        stdio: 'inherit',
      });
      const wanted = ['testing/index.ts'];
      for (const file of wanted) {
        const source = readFileSync(join(all, file.replace(/\.ts$/, '.d.ts')), 'utf8');
        for (const [, target = ''] of source.matchAll(/from '(\.[^']+)'/g)) {
          const path = join(dirname(file), target);
          if (!wanted.includes(path)) wanted.push(path);
        }
        const place = join(TESTING_FOLDER, 'types', file.replace(/\.ts$/, '.d.ts'));
        mkdirSync(dirname(place), { recursive: true });
        writeFileSync(place, source.replace(/(from '\.[^']+)\.ts'/g, "$1.js'"));
      }
      rmSync(all, { recursive: true });
    },
  };
}

export default defineConfig(({ mode }) => {
  if (mode === 'cli') return COMMAND_LINE;
  if (mode === 'testing') return TESTING;
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
