import type { HttpBody } from '../core/model/exchange.ts';

/** Requests of which no end is told (blocked, answered from a cache, endless) stay behind: the oldest are dropped. */
export const MAX_UNDER_WAY = 2_000;

/** Characters of all bodies together: a page may hold back as many requests as it likes, and we would hold their bodies. */
const MAX_CHARACTERS = 16_000_000;

/** A body that is not longer is held for as long as its request is under way. */
const SHORT = 8_000;

/** The bodies of requests that did not leave yet. What there is no room for counts as too large. */
export class Bodies {
  readonly #bodies = new Map<string, HttpBody>();
  #characters = 0;

  put(requestId: string, body: HttpBody): void {
    this.take(requestId);
    const [oldest] = this.#bodies.size >= MAX_UNDER_WAY ? this.#bodies.keys() : [];
    if (oldest !== undefined) this.take(oldest);
    const fits = this.#characters + charactersOf(body) <= MAX_CHARACTERS;
    const held: HttpBody = fits ? body : { form: 'unseen', reason: 'body_too_large' };
    this.#characters += charactersOf(held);
    this.#bodies.set(requestId, held);
  }

  /** @returns the body, which is held no more; null where there is none */
  take(requestId: string): HttpBody | null {
    const body = this.#bodies.get(requestId) ?? null;
    if (body !== null) this.#characters -= charactersOf(body);
    this.#bodies.delete(requestId);
    return body;
  }

  clear(): void {
    this.#bodies.clear();
    this.#characters = 0;
  }
}

/** What of a body still matters once its request was observed: a long one only for being a token request's (RFC 6749 §4.1.3). */
export function remainder(body: HttpBody): HttpBody {
  if (charactersOf(body) <= SHORT) return body;
  const isTokenRequest =
    body.form === 'fields'
      ? body.fields.some(({ name }) => name === 'grant_type')
      : body.form === 'text' && body.text.includes('grant_type');
  return isTokenRequest ? { form: 'fields', fields: [{ name: 'grant_type', value: '' }] } : { form: 'none' };
}

function charactersOf(body: HttpBody): number {
  if (body.form === 'text') return body.text.length;
  if (body.form !== 'fields') return 0;
  return body.fields.reduce((sum, { name, value }) => sum + name.length + value.length, 0);
}
