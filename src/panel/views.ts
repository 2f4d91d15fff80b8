import { batch, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import type { AppMap } from '../core/model/map.ts';
import type { Timeline } from '../core/model/timeline.ts';
import type { Fingerprint } from '../core/model/token.ts';
import type { ToPanel } from '../messages.ts';

export const VIEWS = ['requests', 'map', 'timeline'] as const;
export type ViewName = (typeof VIEWS)[number];

/** Which of the panel's views is shown, and what those beside the list show. */
export interface Views {
  readonly view: Signal<ViewName>;
  /** null until it came. */
  readonly map: ReadonlySignal<AppMap | null>;
  readonly timeline: ReadonlySignal<Timeline | null>;
  /** The token that a person asked to see, once it came; `raw` is null where the background has it no more. */
  readonly raw: ReadonlySignal<{ readonly token: Fingerprint; readonly raw: string | null } | null>;
  readonly receive: (message: ToPanel) => void;
  /** Notes that this token was asked for; an answer for any other is dropped. */
  readonly askedForRaw: (token: Fingerprint) => void;
  readonly hideRaw: () => void;
  /** Goes to the list and has it filtered by this text (`host:api.shop.test kind:id_token`). */
  readonly filterBy: (text: string) => void;
}

/** @param filterList shows all rows of the list that fit a text */
export function createViews(filterList: (text: string) => void): Views {
  const view = signal<ViewName>('requests');
  const map = signal<AppMap | null>(null);
  const timeline = signal<Timeline | null>(null);
  const raw = signal<{ readonly token: Fingerprint; readonly raw: string | null } | null>(null);
  let asked: Fingerprint | null = null;

  return {
    view,
    map,
    timeline,
    raw,
    receive(message) {
      if (message.type === 'audit/map') map.value = message.map;
      else if (message.type === 'audit/timeline') timeline.value = message.timeline;
      else if (message.type === 'audit/raw-token' && message.token === asked)
        raw.value = { token: message.token, raw: message.raw };
    },
    askedForRaw(token) {
      asked = token;
      raw.value = null;
    },
    hideRaw() {
      asked = null;
      raw.value = null;
    },
    filterBy(text) {
      batch(() => {
        filterList(text);
        view.value = 'requests';
      });
    },
  };
}
