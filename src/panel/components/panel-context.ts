import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { KeyRequests } from '../connection.ts';
import type { Store } from '../store.ts';
import type { Views } from '../views.ts';

/** What every component of the panel reaches: the state, and what a click may ask for. */
export interface Panel {
  readonly store: Store;
  readonly views: Views;
  readonly clear: () => void;
  /** What a person does about issuers' keys. */
  readonly keys: KeyRequests;
  /** Asks for a token itself; it comes as `views.raw`. */
  readonly askForRaw: (token: string) => void;
  /** To be called straight from a click. */
  readonly allowAccess: () => void;
}

export const PanelContext = createContext<Panel | null>(null);

/** @throws outside a PanelContext: a mistake in the panel's own code. */
export function usePanel(): Panel {
  const panel = useContext(PanelContext);
  if (panel === null) throw new Error('A component of the panel stands outside its context.');
  return panel;
}
