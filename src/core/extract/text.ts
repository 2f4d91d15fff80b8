import type { SightingLocation } from '../model/token.ts';
import { parseJson } from '../syntax/json.ts';
import type { Sightings } from './sightings.ts';

/** Lines of one body that are looked at. */
const MAX_LINES = 1_000;

/**
 * Tokens in text that says nothing of its form: a JWT alone, JSON line by line (as telemetry is sent), a header's line (as in STOMP
 * and in batched requests), the word after "Bearer ".
 */
export function fromText(text: string, where: SightingLocation, found: Sightings): void {
  // A JSON text may be a string alone.
  const whole = text.trim().replace(/^"(.*)"$/s, '$1');
  if (!found.mayHold(whole)) return;
  if (found.isToken(whole)) {
    found.add(where, '', null, whole);
    return;
  }
  for (const line of text.split(/[\r\n\0]+/, MAX_LINES)) {
    const json = /^\s*[[{]/.test(line) ? parseJson(line) : null;
    if (json !== null) found.json(where, '', json.value);
    else fromLine(line, where, found);
  }
}

/**
 * A message that a page sends over a WebSocket: JSON (a GraphQL `connection_init`, a Phoenix join), JSON behind a
 * packet's number (Socket.IO, https://socket.io/docs/v4/socket-io-protocol/), or JSON strings of frames (SockJS), or text.
 */
export function fromMessage(message: string, found: Sightings): void {
  if (!found.mayHold(message)) return;
  const json = parseJson(message.replace(/^\d+(?:\/[^,]{0,128},)?(?=[[{])/, ''))?.value ?? message;
  const texts = Array.isArray(json) ? json : [json];
  if (texts.every((text) => typeof text === 'string')) {
    for (const text of texts) fromText(text, 'websocket_message', found);
  } else found.json('websocket_message', '', json);
}

function fromLine(line: string, where: SightingLocation, found: Sightings): void {
  const [, name, value] = /^\s*([\w.-]{1,64})\s*:\s*(\S.*)$/.exec(line) ?? [];
  if (name !== undefined && value !== undefined) found.value(where, name, value.trim());
  else {
    found.embedded(where, '', line);
  }
}
