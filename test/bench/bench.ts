/** `npm run bench`: builds the benchmark as the extension is built, so that what ships is what is measured, and runs it. */
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'vite';

const outDir = fileURLToPath(new URL('../../dist/bench', import.meta.url));
await build({
  configFile: false,
  logLevel: 'error',
  build: {
    ssr: fileURLToPath(new URL('./verify.ts', import.meta.url)),
    outDir,
    emptyOutDir: true,
    target: 'node20.19',
    rollupOptions: { output: { entryFileNames: 'verify.js' } },
  },
  ssr: { noExternal: true },
});
await import(pathToFileURL(`${outDir}/verify.js`).href);
