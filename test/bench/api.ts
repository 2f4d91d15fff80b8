import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** How many requests the API had to answer, and how many preflights (CORS) beside them. */
export interface ApiCounts {
  readonly requests: number;
  readonly preflights: number;
}

/** The bench's server, in its own process. */
export interface Api {
  /** The origins of the page, of the API that it calls, and of the authorization server. */
  readonly origins: { readonly app: string; readonly api: string; readonly login: string };
  counts(): Promise<ApiCounts>;
  close(): Promise<void>;
}

/** Starts the server on a free loopback port. Rejects when its process ends before it listens. */
export async function startApi(): Promise<Api> {
  const child = fork(fileURLToPath(new URL('./api-server.ts', import.meta.url)));
  const exited = once(child, 'exit');
  const told = await Promise.race([answerOf(child), exited.then(() => ({}))]);
  const port: unknown = Reflect.get(told, 'port');
  if (typeof port !== 'number') throw new Error("The bench's server did not start");
  const origin = (name: string) => `http://${name}.bench.localhost:${port}`;
  return {
    origins: { app: origin('app'), api: origin('api'), login: origin('login') },
    counts: async () => {
      const answer = answerOf(child);
      child.send('counts');
      const counts = await answer;
      return {
        requests: Number(Reflect.get(counts, 'requests')),
        preflights: Number(Reflect.get(counts, 'preflights')),
      };
    },
    close: async () => {
      child.disconnect();
      await exited;
    },
  };
}

async function answerOf(child: ChildProcess): Promise<object> {
  const [message]: unknown[] = await once(child, 'message');
  return typeof message === 'object' && message !== null ? message : {};
}
