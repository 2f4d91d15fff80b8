import { type IncomingMessage, request } from 'node:http';

/** Statuses whose Response may have no body (Fetch Standard, "null body status"). */
const WITHOUT_BODY: ReadonlySet<number> = new Set([204, 205, 304]);

/**
 * As `fetch`, also for names below `localhost`: browsers resolve them to loopback (RFC 6761 §6.3), but not every system
 * does, and development set-ups live there. For these, http only; redirects are not followed.
 */
export const fetchAnywhere: typeof fetch = (input, init) => {
  const url = input instanceof Request ? null : new URL(input);
  return url !== null && url.protocol === 'http:' && url.hostname.endsWith('.localhost')
    ? fetchOnLoopback(url, init)
    : fetch(input, init);
};

function fetchOnLoopback(url: URL, init: RequestInit | undefined): Promise<Response> {
  const headers = { ...Object.fromEntries(new Headers(init?.headers)), host: url.host };
  const signal = init?.signal == null ? {} : { signal: init.signal };
  return new Promise((resolve, reject) => {
    const { port, pathname, search } = url;
    // No agent: a connection that is kept would keep the program from ending.
    const place = { host: '127.0.0.1', port, path: pathname + search, agent: false } as const;
    const outgoing = request({ ...place, ...signal, method: init?.method ?? 'GET', headers }, (incoming) => {
      const status = incoming.statusCode ?? 500;
      const body = WITHOUT_BODY.has(status) ? null : streamOf(incoming);
      resolve(new Response(body, { status, headers: headersOf(incoming) }));
    });
    outgoing.on('error', reject);
    outgoing.end();
  });
}

/** What decides on redirects, keeping and time; the rest is nobody's here. */
const HEADERS = ['location', 'cache-control', 'date', 'content-type'] as const;

function headersOf({ headers }: IncomingMessage): Headers {
  const told = new Headers();
  for (const name of HEADERS) {
    const value = headers[name];
    if (value !== undefined) told.set(name, value);
  }
  return told;
}

function streamOf(incoming: IncomingMessage): ReadableStream<Uint8Array<ArrayBuffer>> {
  return new ReadableStream({
    start(controller) {
      incoming.on('data', (chunk: Buffer) => controller.enqueue(new Uint8Array(chunk)));
      incoming.on('end', () => controller.close());
      incoming.on('error', (error) => controller.error(error));
    },
    cancel: () => void incoming.destroy(),
  });
}
