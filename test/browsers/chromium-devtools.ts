import type { Frame, Page } from 'puppeteer-core';
import { ChromiumDocument } from './chromium-document.ts';
import type { PanelDriver, Size, Theme } from './panel-driver.ts';
import { until } from './wait.ts';

/** What it takes to recognise the panel among DevTools' frames. */
export interface PanelSpec {
  readonly extensionId: string;
  readonly panelTitle: string;
  /** The path of the manifest's `devtools_page`: its frame is in DevTools as well, and is not the panel. */
  readonly devtoolsPage: string | undefined;
}

/**
 * Selects the extension's panel in a DevTools window.
 *
 * DevTools' own modules do it, as a click on the tab would; the tab itself may be hidden behind the "more" button.
 *
 * @param devtools the `devtools://` page
 */
export async function openPanel(devtools: Page, spec: PanelSpec): Promise<PanelDriver> {
  const origin = `chrome-extension://${spec.extensionId}`;
  // DevTools name an extension's view by its origin and title. Their modules throw until DevTools are set up.
  const showView = `(async () => {
    const { ViewManager } = await import('./ui/legacy/legacy.js');
    const manager = ViewManager.ViewManager.instance();
    const id = [...manager.views.keys()].find((key) => key === ${JSON.stringify(origin + spec.panelTitle)});
    if (id !== undefined) await manager.showView(id);
    return id !== undefined;
  })()`;
  const findFrame = (): Frame | undefined =>
    devtools.frames().find((frame) => {
      const url = frame.url();
      return url.startsWith(`${origin}/`) && new URL(url).pathname !== spec.devtoolsPage;
    });
  await until(`the panel "${spec.panelTitle}" in Chromium's DevTools`, async () =>
    (await devtools.evaluate(showView)) === true ? true : undefined,
  );
  await until("the panel's document", async () => {
    const frame = findFrame();
    return frame && (await frame.evaluate('document.readyState')) === 'complete' ? true : undefined;
  });
  return new ChromiumPanel(devtools, findFrame);
}

class ChromiumPanel extends ChromiumDocument implements PanelDriver {
  readonly #findFrame: () => Frame | undefined;

  constructor(devtools: Page, findFrame: () => Frame | undefined) {
    super(devtools);
    this.#findFrame = findFrame;
  }

  protected override frame(): Frame {
    const frame = this.#findFrame();
    if (!frame) throw new Error('The panel is not open (any more)');
    return frame;
  }

  protected override async focus(): Promise<void> {
    if (await this.evaluate('document.hasFocus()')) return;
    const element = await this.frame().frameElement();
    await element?.focus();
  }

  async setTheme(theme: Theme): Promise<void> {
    const name = theme === 'dark' ? 'dark' : 'default';
    await this.window.evaluate(`(async () => {
      const { Settings } = await import('./core/common/common.js');
      Settings.Settings.instance().moduleSetting('ui-theme').set('${name}');
    })()`);
    await this.waitFor(`matchMedia('(prefers-color-scheme: ${theme})').matches`);
  }

  async setSize({ width, height }: Size): Promise<void> {
    // Docked, the panel would only get a share of the window.
    await this.window.evaluate(`(async () => {
      const { DockController } = await import('./ui/legacy/legacy.js');
      DockController.DockController.instance().setDockSide('undocked');
    })()`);
    // DevTools' own bars come on top; the frame's box says how much. The panel itself would answer with its size of before.
    await this.window.setViewport({ width, height });
    const frame = await until("the panel's frame", async () => {
      if (!(await this.window.evaluate(`innerWidth === ${width} && innerHeight === ${height}`)))
        return undefined;
      const element = await this.frame().frameElement();
      return (await element?.boundingBox()) ?? undefined;
    });
    await this.window.setViewport({
      width: Math.round(2 * width - frame.width),
      height: Math.round(2 * height - frame.height),
    });
    await this.waitFor(`innerWidth === ${width} && innerHeight === ${height}`);
  }
}
