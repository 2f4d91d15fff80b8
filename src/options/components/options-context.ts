import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { OptionsStore } from '../options-store.ts';

export const OptionsContext = createContext<OptionsStore | null>(null);

/** The page's state. @throws Error outside of the page */
export function useOptions(): OptionsStore {
  const store = useContext(OptionsContext);
  if (store === null) throw new Error('There is no options store here.');
  return store;
}
