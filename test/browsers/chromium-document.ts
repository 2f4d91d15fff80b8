import { writeFile } from 'node:fs/promises';
import type { Frame, KeyInput, Page } from 'puppeteer-core';
import type { DocumentDriver, PageDriver, WaitOptions } from './panel-driver.ts';
import { evaluateJson, isClickable, until, waitInDocument } from './wait.ts';

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
    // An element that was replaced in between fails before the mouse moves, so it's safe to try again.
    await until(
      `${selector} to be pressed`,
      async () => {
        const element = await this.frame().$(selector);
        await element?.click();
        return element ? true : undefined;
      },
      options?.timeoutMs,
    );
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
    await writeFile(file, await (element ?? this.window).screenshot({ type: 'png' }));
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
