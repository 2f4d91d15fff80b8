import { type OutgoingHttpHeaders, request } from 'node:http';

/** What `fetchOnLoopback` takes of fetch's options. */
export type LoopbackRequest = {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
};

/** Statuses whose Response may have no body (Fetch Standard, "null body status"). */
const NULL_BODY = new Set([204, 205, 304]);

/**
 * Fetches an http URL from 127.0.0.1, whatever host it names. Only browsers are sure to resolve `*.localhost`;
 * Node asks the system's resolver, which need not know such names. Redirects are not followed.
 * Rejects when the connection fails.
 */
export function fetchOnLoopback(url: string | URL, options: LoopbackRequest = {}): Promise<Response> {
  const { port, pathname, search, host } = new URL(url);
  const headers: OutgoingHttpHeaders = { ...options.headers, host };
  return new Promise((resolve, reject) => {
    const outgoing = request(
      { host: '127.0.0.1', port, path: pathname + search, method: options.method ?? 'GET', headers },
      (incoming) => {
        const chunks: Buffer[] = [];
        incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
        incoming.on('error', reject);
        incoming.on('end', () => {
          const status = incoming.statusCode ?? 0;
          const answered = new Headers();
          for (const [name, values] of Object.entries(incoming.headersDistinct)) {
            for (const value of values ?? []) answered.append(name, value);
          }
          const body = NULL_BODY.has(status) ? null : Buffer.concat(chunks);
          resolve(new Response(body, { status, headers: answered }));
        });
      },
    );
    outgoing.on('error', reject);
    outgoing.end(options.body);
  });
}
