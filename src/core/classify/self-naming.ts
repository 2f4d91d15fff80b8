import type { JsonObject } from '../model/json.ts';
import type { Evidence, TokenKind } from '../model/token.ts';
import { stringMember } from '../syntax/json.ts';
import { t } from '../text.ts';

/** Claims in which servers write what a token of theirs is: no standard has one, many servers have. */
const CLAIMS: readonly string[] = ['type', 'token_type', 'tokenType', 'token_use', 'use', 'typ'];

const WORDS: readonly (readonly [RegExp, TokenKind])[] = [
  [/^id[_-]?token$/i, 'id_token'],
  [/^access(?:[_-]?token)?$/i, 'access_token'],
  [/^refresh(?:[_-]?token)?$/i, 'refresh_token'],
];

/** @returns what a token's own claims call it; null where they don't, or call it two things */
export function fromSelfNaming(claims: JsonObject): Evidence | null {
  let found: Evidence | null = null;
  for (const name of CLAIMS) {
    const value = stringMember(claims, name);
    const says = value === null ? undefined : WORDS.find(([word]) => word.test(value))?.[1];
    if (value === null || says === undefined) continue;
    if (found !== null && found.says !== says) return null;
    found ??= { source: 'claims', says, text: t`Its "${name}" claim is "${value}".`, exchange: null };
  }
  return found;
}
