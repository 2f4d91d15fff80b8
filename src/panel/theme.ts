/** Which of the two themes a page wears. */
export type Theme = 'light' | 'dark';

/** What is needed of `browser.devtools.panels`. Each browser has another part of it. */
export interface ThemeSource {
  readonly themeName?: unknown;
  /** Firefox. */
  readonly onThemeChanged?: { readonly addListener: (listener: (name: string) => void) => void };
  /** Chromium. */
  readonly setThemeChangeHandler?: (handler: (name: string) => void) => void;
}

/** The theme for DevTools' name of it: `dark` is dark, all others (`default`, `light`…) are light. Null for no name. */
export function themeNamed(name: unknown): Theme | null {
  if (typeof name !== 'string' || name === '') return null;
  return name === 'dark' ? 'dark' : 'light';
}

/**
 * Puts `data-theme` on the root and keeps it right: as DevTools has it; without DevTools as the system prefers.
 * @param source null outside DevTools.
 */
export function followTheme(root: HTMLElement, source: ThemeSource | null): void {
  const system = matchMedia('(prefers-color-scheme: dark)');
  let named = themeNamed(source?.themeName);
  const show = (): void => {
    root.dataset['theme'] = named ?? (system.matches ? 'dark' : 'light');
  };
  const change = (name: unknown): void => {
    named = themeNamed(name) ?? named;
    show();
  };
  source?.onThemeChanged?.addListener(change);
  source?.setThemeChangeHandler?.(change);
  system.addEventListener('change', show);
  show();
}

/** Says which browser's own tools the page should look like. */
export function followBrowser(root: HTMLElement, extensionUrl: string): void {
  root.dataset['browser'] = extensionUrl.startsWith('moz-extension:') ? 'firefox' : 'chromium';
}
