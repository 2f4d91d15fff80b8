/**
 * What a test, `npm start` or a bench may do with a browser that has Aud-it in it, whichever browser it is.
 *
 * Expressions are JavaScript source, evaluated in the document that the driver stands for; they may be promises. What comes
 * back must be JSON. They are source, not functions, because a bundler's helpers would not exist in the other document.
 */

export type BrowserKind = 'chromium' | 'firefox';

export type Theme = 'light' | 'dark';

/** A size in CSS pixels. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

export interface WaitOptions {
  /** How long the condition may take, in ms. Default: 15,000. */
  readonly timeoutMs?: number;
}

/** One running browser with the extension. */
export interface AuditedBrowser {
  readonly kind: BrowserKind;
  /** What the browser calls itself, e.g. `Chrome/156.0.8078.79`. */
  readonly version: string;
  /** Opens `url` in the first tab if that is still unused, else in a new one. DevTools are not opened. */
  open(url: string): Promise<AuditedTab>;
  /** Stops the extension's background at once, as the browser does when it is idle; resolves when it is gone. */
  killBackground(): Promise<void>;
  /** Whether the extension's background runs at the moment. Asking does not wake it. */
  backgroundRuns(): Promise<boolean>;
  /** Evaluates in the extension's background. Rejects when the background does not run: it is never woken by this. */
  evaluateInBackground<T>(expression: string): Promise<T>;
  /** The URL of a page of the extension, given by its path in the build. */
  extensionUrl(path: string): Promise<string>;
  /** Kills the browser as a crash does; resolves when it is gone. */
  crash(): Promise<void>;
  /** Ends the browser and removes its temporary profile. May be called twice. */
  close(): Promise<void>;
  /** Resolves when the browser has ended, by {@link close} or by the person who closed its last window. */
  readonly closed: Promise<void>;
}

/** One tab. */
export interface AuditedTab {
  /** The inspected page. */
  readonly page: PageDriver;
  /** Opens the browser's own DevTools on this tab (if they are not open yet) and selects the Aud-it panel. */
  openDevtools(): Promise<PanelDriver>;
  /** Closes this tab's DevTools; nothing happens when none are open. */
  closeDevtools(): Promise<void>;
  /** The text on the extension's toolbar button for this tab; `''` when there is none. */
  badgeText(): Promise<string>;
  close(): Promise<void>;
}

/** A document that can be read and used like a person uses it. */
export interface DocumentDriver {
  /** Evaluates in the document. Rejects with the document's own error if the expression throws. */
  evaluate<T>(expression: string): Promise<T>;
  /** Waits for an element that matches, then presses it with a trusted mouse click (user activation included). */
  click(selector: string, options?: WaitOptions): Promise<void>;
  /** Presses and releases one key, given by its `KeyboardEvent.key` (`ArrowDown`, `Enter`, `a`). */
  press(key: string): Promise<void>;
  /** Types `text` into what has the focus. */
  type(text: string): Promise<void>;
  /** Resolves when the expression is truthy, in this document or in the one that replaces it. Rejects, naming what was awaited. */
  waitFor(expression: string, options?: WaitOptions): Promise<void>;
  /** Writes a PNG of what is visible of the document. */
  screenshot(file: string): Promise<void>;
}

export interface PageDriver extends DocumentDriver {
  /** Navigates and resolves on the page's load event. */
  goto(url: string): Promise<void>;
  url(): Promise<string>;
}

export interface PanelDriver extends DocumentDriver {
  /**
   * Sets DevTools' own theme. The panel's `prefers-color-scheme` follows at once;
   * `devtools.panels.themeName` follows in Firefox at once, in Chromium when DevTools are opened again.
   */
  setTheme(theme: Theme): Promise<void>;
  /** Makes the panel's document this large; docked DevTools may get a window of their own for it. */
  setSize(size: Size): Promise<void>;
}

export interface LaunchOptions {
  /** The folder with the built extension. Without: a bare browser, to compare with; it has no panel, badge or background. */
  readonly extension?: string;
  readonly headless: boolean;
  readonly executablePath: string;
  /** A folder for the profile, which outlives the browser: the next one finds there what this one left. Default: a temporary one. */
  readonly profile?: string;
  /** The title under which the extension registers its panel. Default: `Aud-it`. */
  readonly panelTitle?: string;
  /** More command-line arguments for the browser. */
  readonly args?: readonly string[];
  /** The size of the browser's window. Default: 1280 × 800. */
  readonly viewport?: Size;
  /** Host names that resolve to 127.0.0.1, e.g. `api.shop.test`. `*.localhost` does so without. */
  readonly localHosts?: readonly string[];
  /**
   * Hosts whose https goes to a port of 127.0.0.1, whatever certificate is shown there. Firefox sends that of all hosts to the
   * proxy, which leads to the same port.
   */
  readonly secureHosts?: {
    readonly names: readonly string[];
    readonly port: number;
    readonly proxyPort: number;
  };
  /** More preferences, for Firefox only. */
  readonly firefoxPrefs?: Readonly<Record<string, string | number | boolean>>;
  /** The language that extensions are asked to speak, e.g. `de`; the browser's own words may stay English. Default: the browser's. */
  readonly language?: string;
  /** The folder where the browser puts what it saves, without asking. */
  readonly downloads?: string;
  /** Where DevTools appear. Default: a window of their own when headless, else below the page. */
  readonly dock?: 'window' | 'bottom' | 'right';
}
