import { writeFile } from 'node:fs/promises';
import type { ElementHandle, Frame, KeyInput, Page } from 'puppeteer-core';
import type { DocumentDriver, PageDriver, WaitOptions } from './panel-driver.ts';
import { evaluateJson, isClickable, until, waitInDocument } from './wait.ts';

/** A press that an element has not heard of by then went elsewhere, in ms. */
const LOST_AFTER_MS = 1_000;

/** A document in a Chromium window: the window's own, or that of a frame in it. */
export abstract class ChromiumDocument implements DocumentDriver {
  protected readonly window: Page;

  constructor(window: Page) {
    this.window = window;
  }

  /** The frame that shows the document now. */
  protected abstract frame(): Frame;

  /** Makes the document visible and gives it the keyboard. */
  protected abstract focus(): Promise<void>;

  evaluate<T>(expression: string): Promise<T> {
    return evaluateJson(this.#evaluateText, expression);
  }

  waitFor(expression: string, options?: WaitOptions): Promise<void> {
    return waitInDocument(this.#evaluateText, expression, options?.timeoutMs);
  }

  async click(selector: string, options?: WaitOptions): Promise<void> {
    // What is not visible gets no animation frames, and no clicks.
    await this.window.bringToFront();
    await this.waitFor(isClickable(selector), options);
    await until(
      `${selector} to be pressed`,
      async () => {
        const element = await this.frame().$(selector);
        return element !== null && (await this.#isPressed(element)) ? true : undefined;
      },
      options?.timeoutMs,
    );
  }

  /**
   * Presses where the element is. DevTools may move a panel's frame between the look at the element's place and the press:
   * then it gets nothing, and it is safe to press again.
   */
  async #isPressed(element: ElementHandle): Promise<boolean> {
    const pressed = await element.evaluateHandle((target) => ({
      comes: new Promise<boolean>((resolve) => {
        target.addEventListener('click', () => resolve(true), { once: true });
      }),
    }));
    await element.click();
    const isHeard = ({ comes }: { readonly comes: Promise<boolean> }, ms: number) =>
      Promise.race([comes, new Promise<boolean>((resolve) => setTimeout(() => resolve(false), ms))]);
    // A click may lead to another document; the element's is gone then.
    return await pressed.evaluate(isHeard, LOST_AFTER_MS).catch(() => true);
  }

  async press(key: string): Promise<void> {
    if (!isKey(key)) throw new Error('No key given');
    await this.focus();
    await this.window.keyboard.press(key);
  }

  async type(text: string): Promise<void> {
    await this.focus();
    await this.window.keyboard.type(text);
  }

  async screenshot(file: string): Promise<void> {
    const element = await this.frame().frameElement();
    await writeFile(
      file,
      await (element ?? this.window).screenshot({ type: 'png', captureBeyondViewport: false }),
    );
  }

  readonly #evaluateText = async (source: string): Promise<string> =>
    String(await this.frame().evaluate(source));
}

/** The inspected page. */
export class ChromiumPage extends ChromiumDocument implements PageDriver {
  protected override frame(): Frame {
    return this.window.mainFrame();
  }

  protected override async focus(): Promise<void> {
    await this.window.bringToFront();
  }

  async goto(url: string): Promise<void> {
    await this.window.goto(url, { waitUntil: 'load' });
  }

  async url(): Promise<string> {
    return this.window.url();
  }
}

/** Puppeteer knows the keys' names and says so itself when one is unknown; its list is a type only. */
function isKey(key: string): key is KeyInput {
  return key.length > 0;
}
