import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The title of the panel that shows nothing. */
export const EMPTY_PANEL = 'Empty';

const EMPTY_PAGE = '<!doctype html><html lang="en"><meta charset="utf-8"><title>Empty</title></html>';
const MAKE_PANEL = `chrome.devtools.panels.create('${EMPTY_PANEL}', '', '/empty.html');\n`;

/** The events that Aud-it listens to, with what it asks of them, for all URLs; and nothing done with what they tell. */
const LISTEN = `
const filter = { urls: ['http://*/*', 'https://*/*', 'ws://*/*', 'wss://*/*'] };
const nothing = () => {};
chrome.webRequest.onBeforeRequest.addListener(nothing, filter, ['requestBody']);
chrome.webRequest.onSendHeaders.addListener(nothing, filter, ['requestHeaders']);
chrome.webRequest.onCompleted.addListener(nothing, filter);
`;

/**
 * Writes an extension for Chromium that does nothing but listen (or be allowed to), or show an empty panel in DevTools, or both.
 * @returns its folder
 */
export async function writeProbe(
  folder: string,
  {
    webRequest,
    hasPanel,
  }: { readonly webRequest: 'none' | 'permitted' | 'listens'; readonly hasPanel: boolean },
): Promise<string> {
  await mkdir(folder, { recursive: true });
  const manifest = {
    manifest_version: 3,
    name: 'Probe',
    version: '1.0',
    ...(webRequest !== 'none' && {
      permissions: ['webRequest'],
      host_permissions: ['http://*/*', 'https://*/*', 'ws://*/*', 'wss://*/*'],
    }),
    ...(webRequest === 'listens' && { background: { service_worker: 'listen.js' } }),
    ...(hasPanel && { devtools_page: 'devtools.html' }),
  };
  await writeFile(join(folder, 'manifest.json'), JSON.stringify(manifest));
  await writeFile(join(folder, 'listen.js'), LISTEN);
  await writeFile(join(folder, 'devtools.html'), '<!doctype html><script src="empty-panel.js"></script>');
  await addEmptyPanel(folder);
  return folder;
}

/**
 * Copies a build of Aud-it and lets its devtools page make the empty panel too: then DevTools can stay on that, as they do on the
 * probe's, and Aud-it's own panel is never opened.
 * @returns the copy's folder
 */
export async function copyWithEmptyPanel(build: string, folder: string): Promise<string> {
  await cp(build, folder, { recursive: true });
  const page = join(folder, 'src/devtools/devtools.html');
  const html = await readFile(page, 'utf8');
  await writeFile(page, html.replace('</head>', '<script src="/empty-panel.js"></script></head>'));
  await addEmptyPanel(folder);
  return folder;
}

async function addEmptyPanel(folder: string): Promise<void> {
  await writeFile(join(folder, 'empty-panel.js'), MAKE_PANEL);
  await writeFile(join(folder, 'empty.html'), EMPTY_PAGE);
}
