import type { JsonObject } from '../model/json.ts';
import type { Lesson } from '../model/knowledge.ts';
import type { SdkId, StoredEntry } from '../model/sdk.ts';
import type { TokenKind } from '../model/token.ts';
import { base64Text } from '../syntax/base64.ts';
import { fingerprint } from '../syntax/fingerprint.ts';
import { isJsonObject, member, parseJsonObject, stringMember } from '../syntax/json.ts';
import { looksLikeJwt, MAX_TOKEN_LENGTH } from '../syntax/jwt-shape.ts';
import { sdkOfKey } from '../syntax/sdk-keys.ts';
import { webOrigin } from '../syntax/url.ts';
import { t } from '../text.ts';

/** A shorter value may be alike by chance. */
const MIN_OPAQUE_LENGTH = 16;
const MAX_NAME_LENGTH = 512;

/** A token that a library keeps, by what its own storage says of it. */
interface Kept {
  readonly raw: string | null;
  readonly says: TokenKind;
  readonly clientId?: string | null;
  readonly resources?: readonly string[];
}

interface Found {
  readonly tokens: readonly Kept[];
  readonly clientId?: string | null;
  /** URLs at the authorization server, which may have several names. */
  readonly servers?: readonly (string | null)[];
}

/**
 * What the state that client libraries keep in a page's storage teaches: the library in use, its client_id and issuer, and
 * which tokens it keeps as what. The page could have written all of it: what it says counts as what a page names its tokens,
 * never as what an issuer did, and makes nobody an authorization server.
 * @param origin the page's
 * @param at ms since the epoch
 */
export function learnFromStorage(
  origin: string,
  entries: readonly StoredEntry[],
  at: number,
  learnedFrom = 'storage',
): readonly Lesson[] {
  const lessons: Lesson[] = [];
  const isAngular = entries.some(({ key }) => key === 'id_token_claims_obj');
  for (const { area, key, value } of entries) {
    const sdk = sdkOfKey(key);
    // Anybody may call a key "access_token".
    if (sdk === null || (sdk === 'angular-oauth2-oidc' && !isAngular)) continue;
    const place = `${area}Storage`;
    lessons.push({
      learned: 'sdk',
      sdk,
      origin,
      because: t`The page keeps its state in ${place}.`,
      learnedFrom,
    });
    const found = READERS[sdk]?.(key, value);
    if (found === undefined) continue;
    const clientId = bounded(found.clientId);
    for (const server of found.servers ?? []) {
      const serverOrigin = webOrigin(server ?? '');
      if (clientId === null || serverOrigin === null) continue;
      lessons.push({ learned: 'client', clientId, serverOrigin, origins: [origin], learnedFrom });
    }
    for (const kept of found.tokens) {
      const raw = kept.raw?.trim() ?? '';
      const isJwt = looksLikeJwt(raw);
      if (raw.length > MAX_TOKEN_LENGTH || (!isJwt && raw.length < MIN_OPAQUE_LENGTH)) continue;
      lessons.push({
        learned: 'storage',
        token: fingerprint(raw),
        says: kept.says,
        sdk,
        origin,
        place,
        clientId: bounded(kept.clientId) ?? clientId,
        resources: (kept.resources ?? []).filter((one) => bounded(one) !== null).slice(0, 16),
        at,
        ...(isJwt ? {} : { opaqueLength: raw.length }),
      });
    }
  }
  return lessons;
}

const READERS: Partial<Record<SdkId, (key: string, value: string) => Found | undefined>> = {
  // `oidc.user:<authority>:<client_id>`: a User, with the members of a token response.
  'oidc-client-ts': (key, value) => {
    const user = parseJsonObject(value);
    const [, server, clientId] = /^oidc\.user:(.+):([^:]+)$/.exec(key) ?? [];
    return user === null
      ? undefined
      : { clientId: clientId ?? null, servers: [server ?? null], tokens: ofTokenResponse(user) };
  },
  // `@@auth0spajs@@::<client_id>::<audience>::<scope>`, and `…::<client_id>::@@user@@` for the ID token.
  'auth0-spa-js': (key, value) => {
    const entry = parseJsonObject(value);
    const [, clientId = null, audience = ''] = key.split('::');
    if (entry === null) return undefined;
    const body = objectMember(entry, 'body') ?? entry;
    const resources = audience === '' || audience === 'default' || audience === '@@user@@' ? [] : [audience];
    const tokens = ofTokenResponse(body).map((token) =>
      token.says === 'access_token' ? { ...token, resources } : token,
    );
    const claims = objectMember(objectMember(body, 'decodedToken') ?? {}, 'claims');
    return { clientId, servers: [claims === null ? null : stringMember(claims, 'iss')], tokens };
  },
  // A credential entity each; encrypted in localStorage since version 4, unless somebody stays signed in.
  'msal-browser': (_, value) => {
    const entity = parseJsonObject(value);
    if (entity === null) return undefined;
    const environment = stringMember(entity, 'environment') ?? '';
    const says = MSAL[stringMember(entity, 'credentialType') ?? ''];
    if (says === undefined || !/^[\w.-]+$/.test(environment)) return undefined;
    return {
      clientId: stringMember(entity, 'clientId'),
      servers: MICROSOFT.has(environment) ? ISSUERS : [`https://${environment}/`],
      tokens: [{ raw: stringMember(entity, 'secret'), says }],
    };
  },
  // The tokens by name, each with what it was issued with.
  'okta-auth-js': (_, value) => {
    const storage = parseJsonObject(value);
    if (storage === null) return undefined;
    const [id, access, refresh] = ['idToken', 'accessToken', 'refreshToken'].map((name) =>
      objectMember(storage, name),
    );
    const issuer = id ?? refresh;
    return {
      clientId: id == null ? null : stringMember(id, 'clientId'),
      servers: [issuer == null ? null : stringMember(issuer, 'issuer')],
      tokens: [
        ...(id == null ? [] : [{ raw: stringMember(id, 'idToken'), says: 'id_token' } as const]),
        ...(access == null
          ? []
          : [{ raw: stringMember(access, 'accessToken'), says: 'access_token' } as const]),
        ...(refresh == null
          ? []
          : [{ raw: stringMember(refresh, 'refreshToken'), says: 'refresh_token' } as const]),
      ],
    };
  },
  // `CognitoIdentityServiceProvider.<client_id>.<username>.<idToken|accessToken|refreshToken>`: the bare token.
  'aws-amplify': (key, value) => {
    const [, clientId] = /^CognitoIdentityServiceProvider\.([\w-]+)\./.exec(key) ?? [];
    const says = CAMEL[key.slice(key.lastIndexOf('.') + 1)];
    return says === undefined ? undefined : { tokens: [{ raw: value, says, clientId: clientId ?? null }] };
  },
  // A user, whose "accessToken" is what Firebase calls an ID token (https://firebase.google.com/docs/reference/js/auth.user).
  firebase: (_, value) => {
    const manager = objectMember(parseJsonObject(value) ?? {}, 'stsTokenManager');
    return manager === null
      ? undefined
      : {
          tokens: [
            { raw: stringMember(manager, 'accessToken'), says: 'id_token' },
            { raw: stringMember(manager, 'refreshToken'), says: 'refresh_token' },
          ],
        };
  },
  // A session, in base64 in newer versions.
  'supabase-js': (_, value) => {
    const text = value.startsWith('base64-') ? (base64Text(value.slice(7)) ?? '') : value;
    const session = parseJsonObject(text);
    return session === null ? undefined : { tokens: ofTokenResponse(session) };
  },
  // The bare tokens, under the names of a token response's members.
  'angular-oauth2-oidc': (key, value) => {
    const says = SNAKE[key];
    return says === undefined ? undefined : { tokens: [{ raw: value, says }] };
  },
  // An authorization request under way.
  'appauth-js': (_, value) => {
    const request = parseJsonObject(value);
    return request === null ? undefined : { clientId: stringMember(request, 'client_id'), tokens: [] };
  },
};

/**
 * Names of one server, under any of which MSAL keeps its tokens; its issuers have two.
 * https://github.com/AzureAD/microsoft-authentication-library-for-js/blob/dev/lib/msal-common/src/authority/AuthorityMetadata.ts
 */
const MICROSOFT: ReadonlySet<string> = new Set([
  'login.microsoftonline.com',
  'login.windows.net',
  'login.microsoft.com',
  'sts.windows.net',
]);
const ISSUERS = ['https://login.microsoftonline.com/', 'https://sts.windows.net/'];

const SNAKE: Readonly<Record<string, TokenKind>> = {
  id_token: 'id_token',
  access_token: 'access_token',
  refresh_token: 'refresh_token',
};

const CAMEL: Readonly<Record<string, TokenKind>> = {
  idToken: 'id_token',
  accessToken: 'access_token',
  refreshToken: 'refresh_token',
};

/** https://github.com/AzureAD/microsoft-authentication-library-for-js/blob/dev/lib/msal-common/src/utils/Constants.ts */
const MSAL: Readonly<Record<string, TokenKind>> = {
  IdToken: 'id_token',
  AccessToken: 'access_token',
  AccessToken_With_AuthScheme: 'access_token',
  RefreshToken: 'refresh_token',
};

function ofTokenResponse(object: JsonObject): readonly Kept[] {
  return Object.entries(SNAKE).map(([name, says]) => ({ raw: stringMember(object, name), says }));
}

function objectMember(object: JsonObject, name: string): JsonObject | null {
  const value = member(object, name);
  return isJsonObject(value) ? value : null;
}

function bounded(text: string | null | undefined): string | null {
  return text == null || text === '' || text.length > MAX_NAME_LENGTH ? null : text;
}
