import type { Page } from '@playwright/test';
import type { PageDriver } from './panel-driver.ts';

const TIMEOUT_MS = 15_000;

/** A page of Playwright, for whoever walks the lab. */
export class PlaywrightPage implements PageDriver {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
    page.setDefaultTimeout(TIMEOUT_MS);
  }

  async goto(url: string): Promise<void> {
    await this.#page.goto(url);
  }

  async url(): Promise<string> {
    return this.#page.url();
  }

  evaluate<T>(expression: string): Promise<T> {
    return this.#page.evaluate<T>(expression);
  }

  click(selector: string): Promise<void> {
    return this.#page.click(selector);
  }

  press(key: string): Promise<void> {
    return this.#page.keyboard.press(key);
  }

  type(text: string): Promise<void> {
    return this.#page.keyboard.type(text);
  }

  async waitFor(expression: string): Promise<void> {
    await this.#page.waitForFunction(expression);
  }

  async screenshot(path: string): Promise<void> {
    await this.#page.screenshot({ path });
  }
}
