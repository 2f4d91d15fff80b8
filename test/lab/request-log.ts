import type { HostRole } from './origins.ts';

/** A request that an API or the collector received, as it was sent: raw tokens included. */
export type LoggedRequest = {
  readonly host: HostRole;
  readonly method: string;
  readonly path: string;
  /** With its question mark, or empty. */
  readonly query: string;
  readonly authorization: string | undefined;
  readonly body: string;
  /** The status it was answered with. */
  readonly status: number;
};

/** The newest requests, oldest first. Preflights are left out: they carry no token. */
export type RequestLog = {
  readonly entries: readonly LoggedRequest[];
  add(entry: LoggedRequest): void;
};

/** Enough for any walk, and a bound for a lab that runs all day. */
const CAPACITY = 2000;

/** A request log in memory, which forgets its oldest entry when it is full. */
export function createRequestLog(): RequestLog {
  const entries: LoggedRequest[] = [];
  return {
    entries,
    add(entry) {
      entries.push(entry);
      if (entries.length > CAPACITY) entries.shift();
    },
  };
}
