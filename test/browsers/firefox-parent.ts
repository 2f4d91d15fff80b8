import { readFileSync } from 'node:fs';
import { type Bidi, read } from './bidi.ts';
import type { Size } from './panel-driver.ts';

/** Which document inside Firefox. */
export type Where = { readonly tab: string; readonly panel?: string } | { readonly backgroundOf: string };

/** The functions of firefox-parent.js: what goes in, what comes out. */
interface ParentFunctions {
  readonly markSelectedTab: (mark: string) => void;
  readonly url: (where: Where) => string;
  readonly focus: (where: Where) => void;
  readonly inDocument: (where: Where, script: string, args: readonly unknown[]) => unknown;
  readonly picture: (where: Where) => string;
  readonly openToolbox: (mark: string, size: Size) => void;
  readonly closeToolbox: (mark: string) => void;
  readonly selectPanel: (mark: string, title: string) => boolean;
  readonly speak: (language: string) => void;
  readonly setPref: (name: string, value: string) => void;
  readonly resize: (where: Where, size: Size) => void;
  readonly badgeText: (extensionId: string, mark: string) => string;
  readonly backgroundState: (extensionId: string) => string;
  readonly extensionUrl: (extensionId: string, path: string) => string;
  readonly terminateBackground: (extensionId: string) => boolean;
}

type FrameFunction = 'evaluate' | 'click' | 'press';

const PARENT = readSource('./firefox-parent.js');
const FRAME = readSource('./firefox-frame.js');

/** Firefox's own side: its windows and tabs, and through them every document. Takes `--remote-allow-system-access`. */
export class FirefoxParent {
  readonly #bidi: Bidi;
  readonly #context: string;

  private constructor(bidi: Bidi, context: string) {
    this.#bidi = bidi;
    this.#context = context;
  }

  /** Finds the browser window. */
  static async find(bidi: Bidi): Promise<FirefoxParent> {
    const tree = await bidi.send('browsingContext.getTree', { 'moz:scope': 'chrome' });
    const contexts = read(tree, 'contexts');
    const window = Array.isArray(contexts)
      ? contexts.find((context) => read(context, 'url') === 'chrome://browser/content/browser.xhtml')
      : undefined;
    if (!window) throw new Error('Firefox shows no browser window');
    return new FirefoxParent(bidi, String(read(window, 'context')));
  }

  /** Calls one of the functions of firefox-parent.js. */
  async call<Name extends keyof ParentFunctions>(
    name: Name,
    ...args: Parameters<ParentFunctions[Name]>
  ): Promise<ReturnType<ParentFunctions[Name]>> {
    const answer = await this.#bidi.send('script.evaluate', {
      expression: `(async () => JSON.stringify({ value: await (${PARENT}).${name}(...${JSON.stringify(args)}) }))()`,
      target: { context: this.#context },
      awaitPromise: true,
    });
    const failure = read(answer, 'exceptionDetails', 'text');
    if (failure !== undefined) throw new Error(String(failure).replace(/^Error: /, ''));
    const { value }: { value: ReturnType<ParentFunctions[Name]> } = JSON.parse(
      String(read(answer, 'result', 'value')),
    );
    return value;
  }

  /** Calls one of the functions of firefox-frame.js in a document's process. */
  inDocument(where: Where, name: FrameFunction, ...args: readonly unknown[]): Promise<unknown> {
    return this.call('inDocument', where, `(${FRAME}).${name}`, args);
  }
}

/** The text of a file beside this one that is one expression, without what surrounds the expression. */
function readSource(file: string): string {
  return readFileSync(new URL(file, import.meta.url), 'utf8')
    .trimEnd()
    .replace(/;$/, '');
}
