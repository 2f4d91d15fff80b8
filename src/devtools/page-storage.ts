import browser from 'webextension-polyfill';
import { type PageStorage, READ_STORAGE, readPageStorage } from '../observe/page-storage.ts';
import { answerOf } from './devtools-call.ts';

/** @returns what client libraries keep in the inspected page's storage; null where the page has none to show */
export async function pageStorage(): Promise<PageStorage | null> {
  const [answer] = await answerOf(browser.devtools.inspectedWindow, 'eval', READ_STORAGE);
  const storage = readPageStorage(answer);
  return storage === null || storage.entries.length === 0 ? null : storage;
}
