import * as v from 'valibot';
import type { CdpSession } from './cdp-session.ts';
import type { Ticket } from './exchange-queue.ts';
import type { Recorder } from './recorder.ts';
import {
  exchangeOf,
  headersOf,
  isBodyWorthReading,
  isHttpUrl,
  type ToldRequest,
  type ToldResponse,
} from './told-request.ts';

const headers = v.fallback(v.record(v.string(), v.string()), {});
const response = v.object({ status: v.number(), headers });
const sent = v.object({
  requestId: v.string(),
  type: v.fallback(v.nullable(v.string()), null),
  request: v.object({
    url: v.string(),
    method: v.string(),
    headers,
    postData: v.fallback(v.nullable(v.string()), null),
  }),
  redirectResponse: v.optional(response),
});
const sentHeaders = v.object({ requestId: v.string(), headers });
const received = v.object({ requestId: v.string(), response });
const ended = v.object({ requestId: v.string() });
const content = v.object({ body: v.string(), base64Encoded: v.boolean() });

interface UnderWay {
  readonly ticket: Ticket;
  told: ToldRequest;
  response: Omit<ToldResponse, 'body' | 'isBodyLost'> | null;
}

/** Requests of one worker that are followed at a time. */
const MAX_UNDER_WAY = 1_000;

/** Hears of the requests of a worker that belongs to no page (service worker, shared worker) through Chromium's own protocol. */
export class CdpRequests {
  readonly #session: CdpSession;
  readonly #recorder: Recorder;
  readonly #workerOrigin: string | null;
  readonly #underWay = new Map<string, UnderWay>();
  /** What was sent may be told of before the request is. */
  readonly #sentHeaders = new Map<string, Record<string, string>>();

  constructor(session: CdpSession, recorder: Recorder, workerOrigin: string | null) {
    this.#session = session;
    this.#recorder = recorder;
    this.#workerOrigin = workerOrigin;
  }

  async start(): Promise<void> {
    this.#on('Network.requestWillBeSent', sent, (told) => this.#sent(told));
    this.#on('Network.requestWillBeSentExtraInfo', sentHeaders, (told) => {
      const request = this.#underWay.get(told.requestId);
      if (request !== undefined) request.told = { ...request.told, headers: headersOf(told.headers) };
      else if (this.#sentHeaders.size < MAX_UNDER_WAY) this.#sentHeaders.set(told.requestId, told.headers);
    });
    this.#on('Network.responseReceived', received, (told) => {
      const request = this.#underWay.get(told.requestId);
      if (request !== undefined) request.response = responseOf(told.response);
    });
    this.#on('Network.loadingFinished', ended, ({ requestId }) => void this.#finished(requestId));
    this.#on('Network.loadingFailed', ended, ({ requestId }) => this.#end(requestId, null));
    await this.#session.send('Network.enable');
  }

  #on<T>(event: string, schema: v.GenericSchema<unknown, T>, listener: (told: T) => void): void {
    this.#session.on(event, (told) => {
      const read = v.safeParse(schema, told);
      if (read.success) listener(read.output);
    });
  }

  #sent({ requestId, type, request, redirectResponse }: v.InferOutput<typeof sent>): void {
    // The next hop of a redirect bears the first one's id.
    if (redirectResponse !== undefined) this.#redirected(requestId, redirectResponse);
    if (!isHttpUrl(request.url) || this.#recorder.isStopped || this.#underWay.size >= MAX_UNDER_WAY) return;
    const told: ToldRequest = {
      id: this.#recorder.nextId(),
      at: this.#recorder.now(),
      method: request.method,
      url: request.url,
      headers: headersOf({ ...request.headers, ...this.#sentHeaders.get(requestId) }),
      postData: request.postData,
      resourceType: type?.toLowerCase() ?? null,
      pageOrigin: this.#workerOrigin,
    };
    this.#sentHeaders.delete(requestId);
    const ticket = this.#recorder.begin(() => exchangeOf(told, null));
    this.#underWay.set(requestId, { ticket, told, response: null });
  }

  #redirected(requestId: string, told: v.InferOutput<typeof response>): void {
    const request = this.#underWay.get(requestId);
    if (request === undefined) return;
    request.response = responseOf(told);
    this.#end(requestId, { body: null, isBodyLost: false });
  }

  async #finished(requestId: string): Promise<void> {
    const request = this.#underWay.get(requestId);
    const isAsked = request?.response != null && isBodyWorthReading(request.told, request.response);
    const body = isAsked ? await this.#bodyOf(requestId) : null;
    this.#end(requestId, { body, isBodyLost: isAsked && body === null });
  }

  #end(requestId: string, body: Pick<ToldResponse, 'body' | 'isBodyLost'> | null): void {
    const request = this.#underWay.get(requestId);
    this.#underWay.delete(requestId);
    this.#sentHeaders.delete(requestId);
    if (request === undefined) return;
    const { ticket, told, response: answer } = request;
    ticket.told(exchangeOf(told, answer === null || body === null ? null : { ...answer, ...body }));
  }

  async #bodyOf(requestId: string): Promise<string | null> {
    const told = await this.#session.send('Network.getResponseBody', { requestId }).catch((): null => null);
    const read = v.safeParse(content, told);
    if (!read.success) return null;
    const { body, base64Encoded } = read.output;
    return base64Encoded ? Buffer.from(body, 'base64').toString() : body;
  }
}

function responseOf(told: v.InferOutput<typeof response>): UnderWay['response'] {
  return { status: told.status, headers: headersOf(told.headers) };
}
