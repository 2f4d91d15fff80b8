import * as v from 'valibot';

/** Messages of one WebSocket that are read, and their length: tokens are told at its beginning, in short ones. */
const MAX_MESSAGES = 200;
const MAX_MESSAGE_LENGTH = 65_536;

/** Signs of a token; most messages have none. */
const WORTH_TELLING = /ey[A-DI-L]|ew[k-r0-3]|token|bearer/i;

/** The messages of a WebSocket, as Chromium writes them into its entry; what is none is left out. */
export const webSocketMessages = v.optional(
  v.fallback(
    v.array(
      v.object({
        type: v.fallback(v.string(), ''),
        opcode: v.fallback(v.number(), 0),
        data: v.fallback(v.string(), ''),
      }),
    ),
    [],
  ),
  [],
);

/** @returns the text messages that the page sent in which a token may be, the first ones */
export function sentMessages({
  _webSocketMessages,
}: {
  readonly _webSocketMessages: v.InferOutput<typeof webSocketMessages>;
}): readonly string[] {
  const texts: string[] = [];
  for (const { type, opcode, data } of _webSocketMessages) {
    if (texts.length >= MAX_MESSAGES) break;
    // RFC 6455 §5.2: 1 is text.
    if (type !== 'send' || opcode !== 1 || data.length > MAX_MESSAGE_LENGTH) continue;
    if (WORTH_TELLING.test(data)) texts.push(data);
  }
  return texts;
}
