/** `npm start`: a browser with the extension, the lab's app in it and the panel open on that. */
import { relative } from 'node:path';
import type { AuditedBrowser } from '../browsers/panel-driver.ts';
import type { Lab } from '../lab/lab.ts';
import { letTry } from './attended.ts';
import { buildExtension } from './extension-build.ts';
import { Failure } from './failure.ts';
import { HELP } from './help.ts';
import { startLabOn } from './lab-on-port.ts';
import { readCommand, type StartOptions } from './options.ts';
import { hostLines } from './report.ts';
import { exitCodeOf, listenForStop } from './stopping.ts';
import { walkLab, watchApp } from './unattended.ts';
import { locateBrowser, openWindow, startBrowser } from './window.ts';

/** What was started and has to be closed, whether or not it has started yet. */
interface Running {
  lab?: Promise<Lab>;
  browser?: Promise<AuditedBrowser>;
}

/** Does what the options say. @returns the exit code. */
async function start(options: StartOptions, running: Running): Promise<number> {
  const executablePath = await locateBrowser(options.browser);
  const extension = await buildExtension(options.browser);
  console.log(`The extension is built: ${relative(process.cwd(), extension)}`);

  const lab = await startLab(options, running);
  running.browser = startBrowser(options.browser, { executablePath, extension, headless: options.headless });
  const browser = await running.browser;
  console.log(`The browser runs with a fresh profile: ${browser.version}, ${executablePath}\n`);

  const window = await openWindow(browser);
  const { url } = options;
  if (!options.headless) {
    await letTry(window, lab, url);
    return 0;
  }
  if (url !== null) {
    console.log(`Watching ${new URL(url).origin} for ${options.seconds} seconds …\n`);
    await watchApp(window, url, options.seconds);
    return 0;
  }
  if (lab === null) throw new Failure('There is neither a lab nor a --url to open', 2);
  console.log('Signing in and pressing the button of every habit …\n');
  return walkLab(window, lab);
}

async function startLab({ labPort }: StartOptions, running: Running): Promise<Lab | null> {
  if (labPort === null) return null;
  running.lab = startLabOn(labPort);
  const lab = await running.lab;
  const moved = labPort !== 0 && lab.port !== labPort;
  console.log(`The lab runs${moved ? ` on port ${lab.port}, because ${labPort} is taken` : ''}:`);
  for (const line of hostLines(lab.origins)) console.log(line);
  return lab;
}

/** Closes everything, the browser first: its pages still talk to the lab. */
async function close(running: Running): Promise<void> {
  await running.browser?.then((browser) => browser.close()).catch(() => {});
  await running.lab?.then((lab) => lab.close()).catch(() => {});
}

async function run(options: StartOptions): Promise<number> {
  const stopping = listenForStop();
  const running: Running = {};
  const work = start(options, running).then(
    (exitCode) => ({ exitCode, error: undefined }),
    (error: unknown) => ({ exitCode: error instanceof Failure ? error.exitCode : 1, error }),
  );
  const end = await Promise.race([work, stopping.stopped]);
  await close(running);
  stopping.release();
  if (typeof end === 'string') {
    // To press Ctrl-C is how a person ends what they see; a walk that was cut short is no walk.
    return end === 'SIGINT' && !options.headless ? 0 : exitCodeOf(end);
  }
  if (end.error !== undefined) console.error(end.error instanceof Failure ? end.error.message : end.error);
  return end.exitCode;
}

async function main(): Promise<number> {
  const command = readCommand(process.argv.slice(2), process);
  switch (command.does) {
    case 'help':
      console.log(HELP);
      return 0;
    case 'refuse':
      console.error(`${command.because} (npm start -- --help says what can be said)`);
      return 2;
    case 'start':
      if (command.hint !== null) console.log(command.hint);
      return run(command.options);
  }
}

// A terminal that has gone away can't be told anything; what was started must still be closed.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});

// Not by leaving it to Node: what was interrupted (a build, say) would be waited for.
process.exit(await main());
