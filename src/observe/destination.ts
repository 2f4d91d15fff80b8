import type { HttpExchange } from '../core/model/exchange.ts';

/** What markup asks for, as Fetch (§2.2.5), webRequest and Chromium's network log call it. */
const ASSETS: ReadonlySet<string> = new Set([
  'audio',
  'font',
  'image',
  'imageset',
  'manifest',
  'media',
  'script',
  'style',
  'stylesheet',
  'texttrack',
  'track',
  'video',
]);

const DOCUMENTS: ReadonlySet<string> = new Set(['document', 'frame', 'iframe', 'main_frame', 'sub_frame']);

/** @param type a destination of Fetch, or a resource type of webRequest or of Chromium's network log */
export function destinationOf(type: string): HttpExchange['destination'] {
  if (DOCUMENTS.has(type)) return 'document';
  return ASSETS.has(type) ? 'asset' : 'subresource';
}
