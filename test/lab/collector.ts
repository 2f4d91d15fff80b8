import { answerCors, type Handler, readBody, urlOf } from './http.ts';
import type { RequestLog } from './request-log.ts';

/** A third party's analytics collector: takes whatever anyone sends, answers 204, and remembers it all. */
export function createCollector(origin: string, log: RequestLog): Handler {
  return async (request, response) => {
    if (answerCors(request, response, '*')) return;
    const url = urlOf(request, origin);
    log.add({
      host: 'collector',
      method: request.method ?? 'GET',
      path: url.pathname,
      query: url.search,
      authorization: request.headers.authorization,
      body: await readBody(request),
      status: 204,
    });
    response.writeHead(204).end();
  };
}
