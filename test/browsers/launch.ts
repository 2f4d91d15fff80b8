import { launchChromium } from './chromium.ts';
import { launchFirefox } from './firefox.ts';
import type { AuditedBrowser, BrowserKind, LaunchOptions } from './panel-driver.ts';

/**
 * Starts a browser with a fresh temporary profile and the extension loaded, its host permissions granted.
 *
 * @throws Error when the browser does not start or refuses the extension; the message says which.
 */
export function launch(kind: BrowserKind, options: LaunchOptions): Promise<AuditedBrowser> {
  return kind === 'chromium' ? launchChromium(options) : launchFirefox(options);
}
