import * as v from 'valibot';
import type { HttpBody, HttpExchange, UnseenReason } from '../core/model/exchange.ts';
import { array, strings } from './lists.ts';

const header = v.object({ name: v.string(), value: v.string() });

export const unseenReasonSchema: v.GenericSchema<unknown, UnseenReason> = v.picklist([
  'no_permission',
  'body_not_available',
  'body_too_large',
  'body_malformed',
  'url_malformed',
  'header_malformed',
  'token_too_large',
  'too_many_tokens',
  'background_stopped',
  'log_full',
  'raw_token_forgotten',
  'entry_malformed',
  'har_sanitised',
  'record_unreadable',
  'not_shown_to_test',
  'private_window',
  'internal_error',
]);

const body: v.GenericSchema<unknown, HttpBody> = v.variant('form', [
  v.object({ form: v.literal('none') }),
  v.object({ form: v.literal('fields'), fields: array(header) }),
  v.object({ form: v.literal('text'), mediaType: v.string(), text: v.string() }),
  v.object({ form: v.literal('unseen'), reason: unseenReasonSchema }),
]);

export const exchangeSchema: v.GenericSchema<unknown, HttpExchange> = v.object({
  id: v.string(),
  at: v.number(),
  witness: v.picklist(['web_request', 'devtools', 'har']),
  tab: v.nullable(v.number()),
  method: v.string(),
  url: v.string(),
  initiator: v.nullable(v.string()),
  destination: v.picklist(['document', 'subresource', 'asset']),
  requestHeaders: array(header),
  requestBody: body,
  response: v.nullable(
    v.object({ status: v.number(), headers: array(header), body, tookMs: v.exactOptional(v.number()) }),
  ),
  sentMessages: v.exactOptional(strings),
});
