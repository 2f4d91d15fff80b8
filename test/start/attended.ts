import type { Lab } from '../lab/lab.ts';
import { firstLine } from './failure.ts';
import { load, type Window } from './window.ts';

/** Opens the app for a person, says what to try, and resolves when the person has closed the browser. */
export async function letTry(window: Window, lab: Lab | null, url: string | null): Promise<void> {
  for (const line of url === null ? TRY_LAB : TRY_APP) console.log(line);
  console.log('\nClose the browser or press Ctrl-C here to end.');
  const { browser, tab } = window;
  try {
    await load(window, url ?? `${lab?.origins.app}/`);
  } catch (error) {
    // The browser stays: the person can try again in it. Unless it was closed meanwhile, which is no news to anybody.
    const isOpen = await tab.page.evaluate<boolean>('true').catch(() => false);
    if (isOpen) console.log(`\n${firstLine(error)}`);
  }
  await browser.closed;
}

const TRY_LAB = [
  'Try this: sign in as Ada, then press the button of a bad habit, say "ID token as a bearer token",',
  'and watch the Aud-it panel below the page. Choose a request there to read why it is wrong and how to fix it.',
];

const TRY_APP = [
  'Sign in and use the app; each request that carries a token shows up in the Aud-it panel as it leaves.',
];
