import type { HttpExchange } from '../core/model/exchange.ts';
import type { IssuerMetadata, KeySet } from '../core/model/knowledge.ts';
import { parseJsonObject } from '../core/syntax/json.ts';
import { readKeySet } from '../core/syntax/metadata.ts';
import { parseUrl } from '../core/syntax/url.ts';

/** Key sets seen in the traffic that are kept, by URL: more than any real session has. */
const MAX_RECORDED = 200;

/** The key sets that the traffic itself shows. They count for the issuer whose metadata, also recorded, names their URL. */
export class RecordedKeys {
  readonly #byUrl = new Map<string, KeySet>();

  note({ method, url, response }: HttpExchange): void {
    if (method !== 'GET' || response?.status !== 200 || response.body.form !== 'text') return;
    if (!response.body.text.includes('"keys"') || !/^\s*\{/.test(response.body.text)) return;
    const document = parseJsonObject(response.body.text);
    const keySet = document === null ? null : readKeySet(document);
    const place = placeOf(url);
    if (keySet === null || place === null) return;
    const known = this.#byUrl.get(place);
    if (known === undefined && this.#byUrl.size >= MAX_RECORDED) return;
    // Keys change: what was published at any time of the recording counts.
    this.#byUrl.set(place, known === undefined ? keySet : { keys: [...known.keys, ...keySet.keys] });
  }

  of(metadata: IssuerMetadata | null): KeySet | null {
    const place = metadata?.jwksUri == null ? null : placeOf(metadata.jwksUri);
    return place === null ? null : (this.#byUrl.get(place) ?? null);
  }
}

function placeOf(url: string): string | null {
  return parseUrl(url)?.href.replace(/#.*$/s, '') ?? null;
}
