import { writeFile } from 'node:fs/promises';
import type { FirefoxParent, Where } from './firefox-parent.ts';
import type { DocumentDriver, PageDriver, PanelDriver, Size, Theme, WaitOptions } from './panel-driver.ts';
import { evaluateJson, isClickable, until, waitInDocument } from './wait.ts';

/** A document inside Firefox: a tab's page or a panel. */
export class FirefoxDocument implements DocumentDriver {
  protected readonly parent: FirefoxParent;
  protected readonly where: Where;

  constructor(parent: FirefoxParent, where: Where) {
    this.parent = parent;
    this.where = where;
  }

  evaluate<T>(expression: string): Promise<T> {
    return evaluateJson(this.#evaluateText, expression);
  }

  waitFor(expression: string, options?: WaitOptions): Promise<void> {
    return waitInDocument(this.#evaluateText, expression, options?.timeoutMs);
  }

  async click(selector: string, options?: WaitOptions): Promise<void> {
    await this.parent.call('focus', this.where);
    await this.waitFor(isClickable(selector), options);
    const press = async () => (await this.parent.inDocument(this.where, 'click', selector)) || undefined;
    await until(`${selector} to be pressed`, press, options?.timeoutMs);
  }

  press(key: string): Promise<void> {
    return this.#press([key]);
  }

  type(text: string): Promise<void> {
    return this.#press([...text]);
  }

  async screenshot(file: string): Promise<void> {
    const picture = await this.parent.call('picture', this.where);
    await writeFile(file, Buffer.from(picture.slice(picture.indexOf(',') + 1), 'base64'));
  }

  async #press(keys: readonly string[]): Promise<void> {
    await this.parent.call('focus', this.where);
    await this.parent.inDocument(this.where, 'press', keys);
  }

  readonly #evaluateText = async (source: string): Promise<string> =>
    String(await this.parent.inDocument(this.where, 'evaluate', source));
}

/** The inspected page. */
export class FirefoxPage extends FirefoxDocument implements PageDriver {
  readonly #navigate: (url: string) => Promise<unknown>;

  constructor(parent: FirefoxParent, mark: string, navigate: (url: string) => Promise<unknown>) {
    super(parent, { tab: mark });
    this.#navigate = navigate;
  }

  async goto(url: string): Promise<void> {
    await this.#navigate(url);
  }

  url(): Promise<string> {
    return this.parent.call('url', this.where);
  }
}

/**
 * Opens the toolbox on a tab and selects the extension's panel in it.
 *
 * @param mark the tab's mark
 * @param size of the toolbox, if it gets a window of its own
 */
export async function openPanel(
  parent: FirefoxParent,
  mark: string,
  title: string,
  size: Size,
): Promise<PanelDriver> {
  await parent.call('openToolbox', mark, size);
  const select = async () => (await parent.call('selectPanel', mark, title)) || undefined;
  await until(`the panel "${title}" in Firefox's toolbox`, select);
  const panel = new FirefoxPanel(parent, { tab: mark, panel: title });
  // The panel starts as about:blank, which is complete at once.
  await panel.waitFor('location.protocol === "moz-extension:" && document.readyState === "complete"');
  return panel;
}

class FirefoxPanel extends FirefoxDocument implements PanelDriver {
  async setTheme(theme: Theme): Promise<void> {
    await this.parent.call('setPref', 'devtools.theme', theme);
    await this.waitFor(`browser.devtools.panels.themeName === ${JSON.stringify(theme)}`);
  }

  async setSize(size: Size): Promise<void> {
    await this.parent.call('resize', this.where, size);
    await this.waitFor(`innerWidth === ${size.width} && innerHeight === ${size.height}`);
  }
}
