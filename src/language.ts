/**
 * Imported first by every page and by the background, before anything that holds text: text is made in the browser's
 * language where `_locales` has it, else in the English of the source. As every entry has this and `t`, the bundler puts both
 * into one chunk, which all chunks with text import: text of modules, too, is made after this ran.
 */
import browser from 'webextension-polyfill';
import { speak } from './core/text.ts';

/** The catalogue that the browser chose says of itself which it is. */
const tag = browser.i18n.getMessage('language') || 'en';
const direction = browser.i18n.getMessage('direction') === 'rtl' ? 'rtl' : 'ltr';

/** People of Austria or Britain want their own numbers and times, as long as these are in the language of the text. */
const ui = browser.i18n.getUILanguage();
const locale = ui.split('-')[0] === tag ? ui : tag;
speak(tag === 'en' ? null : (key, gaps) => browser.i18n.getMessage(key, [...gaps]), {
  tag,
  direction,
  locale,
});

if (typeof document !== 'undefined') {
  document.documentElement.lang = tag;
  document.documentElement.dir = direction;
}
