import type { IncomingMessage, ServerResponse } from 'node:http';

/** A request that can't be served, with the status that says why. */
export class RequestError extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.name = 'RequestError';
    this.status = status;
  }
}

/** Answers one request. The server answers for a rejection: with a RequestError's status, else with 500. */
export type Handler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** More than any of the lab's requests needs. */
const BODY_LIMIT_BYTES = 64 * 1024;

/** The request's URL on its origin. Throws a RequestError for a request target that is no path. */
export function urlOf(request: IncomingMessage, origin: string): URL {
  // Not `new URL(target, origin)`: a target such as `//elsewhere/` would change the host.
  const target = request.url ?? '/';
  if (!target.startsWith('/')) throw new RequestError(400, 'the request target is no path');
  return new URL(origin + target);
}

/** The request's body as text; rejects, with a RequestError when it is longer than 64 KB, or when the connection breaks. */
export async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request) {
    const bytes = Buffer.from(chunk);
    length += bytes.length;
    if (length > BODY_LIMIT_BYTES) throw new RequestError(413, 'the request body is too long');
    chunks.push(bytes);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** Answers with a text body of a media type. Nothing in the lab is cached: tests and edits want the newest. */
export function send(response: ServerResponse, status: number, type: string, body: string | Buffer): void {
  response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store' });
  response.end(body);
}

/** Answers with indented JSON: people read it in the Network panel. */
export function sendJson(response: ServerResponse, status: number, value: unknown): void {
  send(response, status, 'application/json; charset=utf-8', `${JSON.stringify(value, null, 2)}\n`);
}

/**
 * Sets the CORS headers that let `allowedOrigin` (or anyone, for `*`) read the answer, and answers a preflight.
 * Returns whether the request was a preflight and is done. Source: Fetch Standard, section 3.3.
 */
export function answerCors(
  request: IncomingMessage,
  response: ServerResponse,
  allowedOrigin: string,
): boolean {
  response.setHeader('access-control-allow-origin', allowedOrigin);
  response.setHeader('access-control-expose-headers', 'www-authenticate');
  response.setHeader('vary', 'origin');
  if (request.method !== 'OPTIONS') return false;
  response.setHeader('access-control-allow-methods', 'GET, POST');
  response.setHeader(
    'access-control-allow-headers',
    'authorization, content-type, dpop, x-auth-token, x-id-token',
  );
  response.setHeader('access-control-max-age', '600');
  response.writeHead(204).end();
  return true;
}
