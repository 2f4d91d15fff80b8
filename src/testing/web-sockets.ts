import * as v from 'valibot';
import type { HttpHeader } from '../core/model/exchange.ts';
import type { CdpSession } from './cdp-session.ts';
import type { Ticket } from './exchange-queue.ts';
import type { Recorder } from './recorder.ts';
import { exchangeOf, headersOf, type ToldRequest } from './told-request.ts';

/** Messages of one WebSocket that are read: tokens are told at its beginning. */
const MAX_MESSAGES = 200;

/** One WebSocket: its URL, the headers that opened it, and the first texts that the page sent over it in which a token may be. */
export class ToldWebSocket {
  readonly #ticket: Ticket;
  readonly #messages: string[] = [];
  #request: ToldRequest;

  constructor(recorder: Recorder, url: string, pageOrigin: string | null) {
    const common = { id: recorder.nextId(), at: recorder.now(), method: 'GET', url, pageOrigin };
    this.#request = { ...common, headers: [], postData: null, resourceType: 'websocket' };
    this.#ticket = recorder.begin(() => exchangeOf(this.#request, null));
    this.#tell();
  }

  /** The headers of the opening handshake (RFC 6455 §4.1). */
  opened(headers: readonly HttpHeader[]): void {
    this.#request = { ...this.#request, headers };
    this.#tell();
  }

  sent(text: string): void {
    if (this.#messages.length >= MAX_MESSAGES) return;
    const isWorthTelling = exchangeOf(this.#request, null, [text]).sentMessages !== undefined;
    if (!isWorthTelling) return;
    this.#messages.push(text);
    this.#tell();
  }

  #tell(): void {
    this.#ticket.told(exchangeOf(this.#request, null, this.#messages));
  }
}

const created = v.object({ requestId: v.string(), url: v.string() });
const handshake = v.object({
  requestId: v.string(),
  request: v.object({ headers: v.record(v.string(), v.string()) }),
});
const frame = v.object({
  requestId: v.string(),
  response: v.object({ opcode: v.number(), payloadData: v.string() }),
});
const closed = v.object({ requestId: v.string() });

/**
 * Hears of a page's WebSockets through Chromium's own protocol, which shows their handshakes too.
 * @param originOf the page's origin at the moment
 */
export async function hearWebSockets(
  session: CdpSession,
  recorder: Recorder,
  originOf: () => string | null,
): Promise<void> {
  const sockets = new Map<string, ToldWebSocket>();
  const on = <T>(event: string, schema: v.GenericSchema<unknown, T>, listener: (told: T) => void): void => {
    session.on(event, (told) => {
      const read = v.safeParse(schema, told);
      if (read.success && !recorder.isStopped) listener(read.output);
    });
  };
  on('Network.webSocketCreated', created, ({ requestId, url }) => {
    sockets.set(requestId, new ToldWebSocket(recorder, url, originOf()));
  });
  on('Network.webSocketWillSendHandshakeRequest', handshake, ({ requestId, request }) => {
    sockets.get(requestId)?.opened(headersOf(request.headers));
  });
  on('Network.webSocketFrameSent', frame, ({ requestId, response }) => {
    // RFC 6455 §5.2: 1 is text.
    if (response.opcode === 1) sockets.get(requestId)?.sent(response.payloadData);
  });
  on('Network.webSocketClosed', closed, ({ requestId }) => void sockets.delete(requestId));
  // Bodies are read elsewhere: none are kept for this session.
  await session.send('Network.enable', { maxTotalBufferSize: 0, maxResourceBufferSize: 0 });
}
