import type { ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A browser profile that exists for one run. */
export interface TemporaryProfile {
  readonly path: string;
  /** Deletes the profile; call it when the browser that used it has ended. May be called twice. */
  remove(): void;
}

/**
 * Makes an empty folder for a browser's profile.
 *
 * @param browser gives the browser's process; when Node itself ends first (exit, Ctrl-C, termination), it is killed before
 *   the profile is deleted, so that neither is left behind
 * @param kept a folder that is used instead, and not deleted
 */
export function makeTemporaryProfile(
  browser: () => ChildProcess | null | undefined,
  kept?: string,
): TemporaryProfile {
  const path = kept ?? mkdtempSync(join(tmpdir(), 'aud-it-profile-'));
  const endAll = () => {
    killBrowser(browser());
    remove();
  };
  const remove = () => {
    forget(endAll);
    if (kept !== undefined) return;
    // Helper processes may still write for a moment, even after a kill. Waits in place: there may be no event loop any more.
    for (let attempt = 0; existsSync(path) && attempt < 20; attempt += 1) {
      if (attempt > 0) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 50);
      try {
        rmSync(path, { recursive: true, force: true });
      } catch {
        // Something was written meanwhile, or (on Windows) is still open.
      }
    }
  };
  remember(endAll);
  return { path, remove };
}

/** Ends a browser at once, with its helper processes: it was spawned `detached`, as the leader of a process group. */
export function killBrowser(browser: ChildProcess | null | undefined): void {
  if (browser?.pid === undefined || browser.exitCode !== null || browser.signalCode !== null) return;
  if (process.platform === 'win32') {
    browser.kill('SIGKILL');
    return;
  }
  try {
    process.kill(-browser.pid, 'SIGKILL');
  } catch {
    // It has just ended by itself.
  }
}

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** What remains to be done should Node end now. */
const leftovers = new Set<() => void>();

function remember(leftover: () => void): void {
  if (leftovers.size === 0) {
    process.on('exit', clearUp);
    for (const signal of SIGNALS) process.on(signal, onSignal);
  }
  leftovers.add(leftover);
}

function forget(leftover: () => void): void {
  if (!leftovers.delete(leftover) || leftovers.size > 0) return;
  process.off('exit', clearUp);
  for (const signal of SIGNALS) process.off(signal, onSignal);
}

function clearUp(): void {
  for (const leftover of [...leftovers]) leftover();
}

function onSignal(signal: NodeJS.Signals): void {
  // Whoever else listens closes its browser in peace and decides when Node ends; what is left then, 'exit' clears up.
  if (process.listenerCount(signal) > 1) return;
  clearUp();
  process.kill(process.pid, signal);
}
