import browser from 'webextension-polyfill';
import { checkConfiguration } from '../core/configure/read-configuration.ts';
import { type Configuration, NO_CONFIGURATION } from '../core/model/configuration.ts';
import { CONFIGURATION_KEY } from '../messages.ts';

/** The configuration that the options page keeps, now and whenever it changes. */
export class ConfigurationReader {
  /** @param changed told of each change from now on */
  constructor(changed: (configuration: Configuration) => void) {
    browser.storage.local.onChanged.addListener((changes) => {
      const change = changes[CONFIGURATION_KEY];
      if (change !== undefined) changed(configurationOf(change.newValue));
    });
  }

  /** @returns what is kept; an empty one where nothing is, or nothing that can be read. Never rejects. */
  async read(): Promise<Configuration> {
    try {
      const stored = await browser.storage.local.get(CONFIGURATION_KEY);
      return configurationOf(stored[CONFIGURATION_KEY]);
    } catch {
      return NO_CONFIGURATION;
    }
  }
}

/** Another version of the extension may have kept it: the options page tells what it can't read. */
function configurationOf(stored: unknown): Configuration {
  const reading = stored === undefined ? null : checkConfiguration(stored);
  return reading !== null && 'configuration' in reading ? reading.configuration : NO_CONFIGURATION;
}
