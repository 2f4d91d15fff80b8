/**
 * The messages about recorded sessions, both ways, on the port `sessions`: the popup, the panel and the sessions page
 * speak the same. As in messages.ts, what arrives is `unknown` until a schema took it.
 */
import * as v from 'valibot';
import { reader } from './schemas/reader.ts';

/** What a person chooses: this tab, this tab's site, all tabs. */
export type ScopeChoice = 'tab' | 'site' | 'all';

export type FromSessions =
  /** Asks for the state, now and whenever it changes. `tab` is the one that a person looks at. */
  | { readonly type: 'sessions/watch'; readonly tab: number | null }
  | { readonly type: 'sessions/start'; readonly name: string; readonly scope: ScopeChoice }
  | { readonly type: 'sessions/pause' }
  | { readonly type: 'sessions/resume' }
  | { readonly type: 'sessions/stop' }
  | { readonly type: 'sessions/step'; readonly kind: 'step' | 'note'; readonly note: string }
  /** Goes on with a session that the browser ended. */
  | { readonly type: 'sessions/continue'; readonly id: string }
  | { readonly type: 'sessions/rename'; readonly id: string; readonly name: string }
  | { readonly type: 'sessions/delete'; readonly id: string }
  /** Everything that is still in memory goes to the disk; `sessions/state` with a new revision answers. */
  | { readonly type: 'sessions/flush' }
  | { readonly type: 'sessions/open-page' };

export interface CurrentSession {
  readonly id: string;
  readonly name: string;
  readonly state: 'recording' | 'paused';
  readonly scope: ScopeChoice;
  /** The site, where the scope is one. */
  readonly site: string | null;
  /** ms since the epoch. */
  readonly startedAt: number;
  /** Requests seen, and those of them with an error or a warning. */
  readonly exchanges: number;
  readonly errors: number;
  readonly warnings: number;
  readonly steps: number;
  readonly lastStep: string | null;
  readonly gaps: number;
  /** Requests of private windows, which are not recorded. */
  readonly leftOut: number;
}

export type ToSessions = {
  readonly type: 'sessions/state';
  readonly current: CurrentSession | null;
  /** The last session that the browser ended while it was recorded. */
  readonly interrupted: { readonly id: string; readonly name: string; readonly lastSign: number } | null;
  /** The site of the tab that a person looks at; null where it has none: then only all tabs can be recorded. */
  readonly site: string | null;
  /** The tab that a person looks at is private: it is not recorded, and nothing is started there. */
  readonly isPrivate: boolean;
  readonly room: 'enough' | 'scarce' | 'none';
  /** Why the last command or write failed, in words for people. */
  readonly problem: string | null;
  /** Counts the changes of what is on the disk: whoever shows it reads again. */
  readonly revision: number;
};

const choice = v.picklist(['tab', 'site', 'all']);
const text = v.pipe(v.string(), v.maxLength(10_000));

const fromSessions: v.GenericSchema<unknown, FromSessions> = v.variant('type', [
  v.object({ type: v.literal('sessions/watch'), tab: v.nullable(v.number()) }),
  v.object({ type: v.literal('sessions/start'), name: text, scope: choice }),
  v.object({ type: v.literal('sessions/pause') }),
  v.object({ type: v.literal('sessions/resume') }),
  v.object({ type: v.literal('sessions/stop') }),
  v.object({ type: v.literal('sessions/step'), kind: v.picklist(['step', 'note']), note: text }),
  v.object({ type: v.literal('sessions/continue'), id: text }),
  v.object({ type: v.literal('sessions/rename'), id: text, name: text }),
  v.object({ type: v.literal('sessions/delete'), id: text }),
  v.object({ type: v.literal('sessions/flush') }),
  v.object({ type: v.literal('sessions/open-page') }),
]);

const toSessions: v.GenericSchema<unknown, ToSessions> = v.object({
  type: v.literal('sessions/state'),
  current: v.nullable(
    v.object({
      id: v.string(),
      name: v.string(),
      state: v.picklist(['recording', 'paused']),
      scope: choice,
      site: v.nullable(v.string()),
      startedAt: v.number(),
      exchanges: v.number(),
      errors: v.number(),
      warnings: v.number(),
      steps: v.number(),
      lastStep: v.nullable(v.string()),
      gaps: v.number(),
      leftOut: v.number(),
    }),
  ),
  interrupted: v.nullable(v.object({ id: v.string(), name: v.string(), lastSign: v.number() })),
  site: v.nullable(v.string()),
  isPrivate: v.boolean(),
  room: v.picklist(['enough', 'scarce', 'none']),
  problem: v.nullable(v.string()),
  revision: v.number(),
});

/** @returns the message, or null for what is none */
export const readFromSessions = reader(fromSessions);
export const readToSessions = reader(toSessions);
