import type { HttpExchange } from '../core/model/exchange.ts';
import { type HarFileEntry, headerOf } from './har-entry.ts';

/** What tools put in the place of a secret. */
const BLANKED =
  /^(?:\w+ )?[[(<{*#]*(?:redacted|removed|masked|hidden|scrubbed|sanitized|filtered|x{4,}|\*{3,})(?![\w-]*=)/i;

const SECRET_HEADERS = ['authorization', 'cookie', 'set-cookie'] as const;

/**
 * True for a HAR from which credentials were taken out. Chromium does so unless asked otherwise ("Export HAR
 * (sanitized)", since version 130): Authorization, Cookie and Set-Cookie are missing from all entries.
 */
export function isSanitised(
  creator: string,
  entries: readonly HarFileEntry[],
  exchanges: readonly { readonly exchange: HttpExchange }[],
): boolean {
  const values = entries.flatMap(({ request, response }) =>
    [...request.headers, ...(response?.headers ?? [])]
      .filter(({ name }) => isSecret(name))
      .map(({ value }) => value),
  );
  if (values.some((value) => BLANKED.test(value))) return true;
  const hasCookies = entries.some(
    ({ request, response }) => request.cookies.length > 0 || (response?.cookies.length ?? 0) > 0,
  );
  if (entries.length === 0 || values.length > 0 || hasCookies) return false;
  return creator === 'WebInspector' || entries.some(asksToAuthorize) || exchanges.some(issuesTokens);
}

function isSecret(name: string): boolean {
  const lower = name.toLowerCase();
  return SECRET_HEADERS.some((secret) => secret === lower);
}

/** A preflight that announces a header which no request has (Fetch Standard, CORS-preflight request). */
function asksToAuthorize({ request }: HarFileEntry): boolean {
  const announced = headerOf(request.headers, 'access-control-request-headers') ?? '';
  return /(?:^|[\s,])authorization(?:$|[\s,])/i.test(announced);
}

function issuesTokens({ exchange: { response } }: { readonly exchange: HttpExchange }): boolean {
  return response?.body.form === 'text' && /^\s*\{[\s\S]*"access_token"\s*:/.test(response.body.text);
}
