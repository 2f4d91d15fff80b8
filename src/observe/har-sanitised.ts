import type { HttpExchange } from '../core/model/exchange.ts';
import { isBlanked } from '../core/syntax/blanked.ts';
import { type HarFileEntry, headerOf } from './har-entry.ts';

const SECRET_HEADER = /^(?:authorization|cookie|set-cookie)$/i;

/**
 * Tells a HAR from which credentials were taken out. Chromium does so unless asked otherwise ("Export HAR
 * (sanitized)", since version 130): Authorization, Cookie and Set-Cookie are missing from all entries.
 */
export class SanitisedSigns {
  #isBlanked = false;
  #hasCredentials = false;
  #isMissed = false;
  #entries = 0;

  note(entry: HarFileEntry, exchange: HttpExchange): void {
    this.#entries++;
    const { request, response } = entry;
    for (const headers of [request.headers, response?.headers ?? []]) {
      for (const { name, value } of headers) {
        if (!SECRET_HEADER.test(name)) continue;
        this.#hasCredentials = true;
        const signature = /^\w+ eyJ[\w-]+\.[\w-]+\.([^.]*)$/.exec(value)?.[1] ?? '';
        this.#isBlanked ||= isBlanked(value) || (signature.length < 32 && isBlanked(signature));
      }
    }
    this.#hasCredentials ||= request.cookies.length > 0 || (response?.cookies.length ?? 0) > 0;
    this.#isMissed ||= asksToAuthorize(entry) || issuesTokens(exchange);
  }

  /** @param creator the name of the tool that wrote the file */
  isSanitised(creator: string): boolean {
    if (this.#isBlanked) return true;
    if (this.#entries === 0 || this.#hasCredentials) return false;
    return creator === 'WebInspector' || this.#isMissed;
  }
}

/** A preflight that announces a header which no request has (Fetch Standard, CORS-preflight request). */
function asksToAuthorize({ request }: HarFileEntry): boolean {
  const announced = headerOf(request.headers, 'access-control-request-headers') ?? '';
  return /(?:^|[\s,])authorization(?:$|[\s,])/i.test(announced);
}

function issuesTokens({ response }: HttpExchange): boolean {
  return (
    response?.body.form === 'text' &&
    response.body.text.includes('"access_token"') &&
    /^\s*\{[\s\S]*"access_token"\s*:/.test(response.body.text)
  );
}
