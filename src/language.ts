/**
 * Imported first by every page and by the background, before anything that holds text: text is made in the browser's
 * language where `_locales` has it, else in the English of the source.
 */
import browser from 'webextension-polyfill';
import { speak } from './core/text.ts';

/** The catalogue that the browser chose says of itself which it is. */
const language = browser.i18n.getMessage('language');
const direction = browser.i18n.getMessage('direction') === 'rtl' ? 'rtl' : 'ltr';
if (language !== '' && language !== 'en')
  speak((key, gaps) => browser.i18n.getMessage(key, [...gaps]), { tag: language, direction });

if (typeof document !== 'undefined') {
  document.documentElement.lang = language || 'en';
  document.documentElement.dir = direction;
}
