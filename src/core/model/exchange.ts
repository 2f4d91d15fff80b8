/** One HTTP request with what is known of its response: what every witness (webRequest, DevTools, HAR) is turned into. */
export interface HttpExchange {
  /** Unique within a session. Two witnesses of one request share it once they were matched. */
  readonly id: string;
  /** When the request started, in ms since the epoch. Everything about the request is judged at this moment. */
  readonly at: number;
  readonly witness: 'web_request' | 'devtools' | 'har';
  /** The browser tab that it belongs to; null where there is none (HAR). */
  readonly tab: number | null;
  readonly method: string;
  /** As requested, with its fragment where the witness shows it. */
  readonly url: string;
  /** The origin of the page that made the request (RFC 6454), null for what a person typed. */
  readonly initiator: string | null;
  /**
   * A document that replaces the page or a frame, a request that a page makes, or an asset: a picture, script, style,
   * font or medium, which markup asks for.
   */
  readonly destination: 'document' | 'subresource' | 'asset';
  readonly requestHeaders: readonly HttpHeader[];
  readonly requestBody: HttpBody;
  /** null while the response is under way, or when the witness can't see it. */
  readonly response: HttpResponse | null;
  /** Text messages that the page sent over this WebSocket, where the witness shows them (DevTools, HAR). */
  readonly sentMessages?: readonly string[];
}

export interface HttpHeader {
  readonly name: string;
  readonly value: string;
}

export interface HttpResponse {
  readonly status: number;
  readonly headers: readonly HttpHeader[];
  readonly body: HttpBody;
  /** From the request to the end of its answer, in ms; left out where the witness doesn't say. */
  readonly tookMs?: number;
}

/** A body as far as it was seen. `unseen` says why it was not, so that it can be counted. */
export type HttpBody =
  | { readonly form: 'none' }
  | { readonly form: 'fields'; readonly fields: readonly FormField[] }
  | { readonly form: 'text'; readonly mediaType: string; readonly text: string }
  | { readonly form: 'unseen'; readonly reason: UnseenReason };

export interface FormField {
  readonly name: string;
  readonly value: string;
}

/** Why something was not seen. Each is counted and shown: nothing is lost silently. */
export type UnseenReason =
  | 'no_permission'
  | 'body_not_available'
  | 'body_too_large'
  | 'body_malformed'
  | 'url_malformed'
  | 'header_malformed'
  | 'token_too_large'
  | 'too_many_tokens'
  | 'background_stopped'
  | 'log_full'
  | 'raw_token_forgotten'
  | 'entry_malformed'
  | 'har_sanitised'
  | 'record_unreadable'
  | 'not_shown_to_test'
  | 'private_window'
  | 'internal_error';
