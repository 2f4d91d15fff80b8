import type {
  Classification,
  Confidence,
  DecodedToken,
  Evidence,
  SightingLocation,
  TokenKind,
} from '../model/token.ts';
import { remembering } from '../syntax/remember.ts';
import { t } from '../text.ts';
import { type ClaimsWord, fromClaims } from './claims.ts';
import { fromHeaderMark } from './header-marks.ts';
import { fromSelfNaming } from './self-naming.ts';
import { fromTyping } from './typing.ts';
import { fromOpaque, fromVendor, type VendorWord } from './vendor.ts';

/** What classification needs to know beside the token: plain facts, looked up by the caller. */
export interface ClassificationFacts {
  /** This very token was issued in a response seen: as what, where. */
  readonly provenance: {
    readonly issuedAs: TokenKind;
    readonly issuedIn: string;
    readonly endpoint: string;
  } | null;
  /** A client library keeps this very token in a page's storage: as what, where. */
  readonly stored: {
    readonly says: TokenKind;
    readonly sdk: string;
    readonly origin: string;
    readonly place: string;
  } | null;
  /** Where it was seen, by name. */
  readonly places: readonly {
    readonly location: SightingLocation;
    readonly name: string;
    readonly scheme: string | null;
  }[];
  /** True for a client_id that was seen in use at the token's issuer. */
  readonly isClientOf: (clientId: string, issuer: string | null) => boolean;
  /** The token as sent, where it may be read: an opaque token may bear its vendor's mark. */
  readonly raw?: string;
}

/**
 * Tells what a token is, from evidence, strongest first: provenance, explicit typing and vendors' own marks, the
 * parameter that names it, its claims (with its audience) and vendors' documented shapes. One sign alone errs often
 * (an access token can bear a nonce, an ID token a scope), so they are weighed together, and what contradicts itself
 * stays weak.
 */
export function classify(token: DecodedToken, facts: ClassificationFacts): Classification {
  const provenance = fromProvenance(facts);
  const kept = fromStorage(facts);
  const parameter = fromParameter(facts);
  const names = fromName(facts);
  const [issued] = provenance;
  const [named] = parameter;
  const [called] = names;
  if (token.form === 'jwt') {
    const own = fromSelfNaming(token.claims);
    const found = classifyJwt(token, facts, issued, [...kept, ...parameter, ...(own === null ? [] : [own])]);
    const isTold = found.kind !== 'unknown_jwt' || found.confidence !== 'weak' || called === undefined;
    const { confidence } = found;
    const evidence = names.length === 0 ? found.evidence : [...found.evidence, ...names];
    return { kind: isTold ? found.kind : called.says, confidence, evidence };
  }

  const vendor = token.form === 'opaque' && facts.raw !== undefined ? fromOpaque(facts.raw) : null;
  const evidence = [...provenance, ...kept, ...parameter, ...(vendor?.evidence ?? []), ...names];
  if (issued !== undefined) return { kind: issued.says, confidence: 'certain', evidence };
  const documented = vendor?.says ?? null;
  const [stored] = kept;
  if (stored !== undefined) {
    const contradicted = [documented, named?.says].some((says) => says != null && says !== stored.says);
    return { kind: stored.says, confidence: contradicted ? 'weak' : 'strong', evidence };
  }
  if (documented !== null) {
    const contradicted = named !== undefined && named.says !== documented;
    return { kind: documented, confidence: contradicted ? 'weak' : 'strong', evidence };
  }
  if (named !== undefined) return { kind: named.says, confidence: 'weak', evidence };
  return token.form === 'jwe'
    ? { kind: 'encrypted', confidence: 'strong', evidence }
    : { kind: called?.says ?? 'opaque', confidence: 'weak', evidence };
}

function classifyJwt(
  { header, claims }: Extract<DecodedToken, { form: 'jwt' }>,
  { isClientOf }: ClassificationFacts,
  issued: Evidence | undefined,
  named: readonly Evidence[],
): Classification {
  const mark = fromHeaderMark(header);
  const vendor: VendorWord | null =
    mark === null ? fromVendor(claims) : { says: mark.says, confidence: 'strong', evidence: [mark] };
  const vendorText = vendor?.evidence ?? NONE;
  const isMark = vendor?.confidence === 'certain';
  const typed = fromTyping(header, claims);
  const typing = isMark ? [...typed, ...vendorText] : typed;
  const word = fromClaims(claims, isClientOf);
  const evidence: Evidence[] = issued === undefined ? [] : [issued];
  for (const one of typing) evidence.push(one);
  for (const one of named) evidence.push(one);
  for (const one of word.evidence) evidence.push(one);
  if (!isMark) for (const one of vendorText) evidence.push(one);
  const [certain] = issued === undefined ? typing : [issued];
  if (certain !== undefined) {
    const contradicted = typing.some(({ says }) => says !== certain.says);
    return { kind: certain.says, confidence: contradicted ? 'weak' : 'certain', evidence };
  }
  const { kind, confidence } = weigh(named, vendor, word);
  return { kind, confidence, evidence };
}

/**
 * The signs of an untyped JWT of unknown origin, together.
 * @param namings what it was called: by the library that keeps it, by a parameter
 */
function weigh(
  namings: readonly Evidence[],
  vendor: VendorWord | null,
  word: ClaimsWord,
): { readonly kind: TokenKind; readonly confidence: Confidence } {
  // Where a vendor's tokens look alike, what the claims say is a guess.
  const claimed = vendor !== null && vendor.says === null ? ({ ...word, confidence: 'weak' } as const) : word;
  const strong: TokenKind[] = [];
  if (vendor !== null && vendor.says !== null) strong.push(vendor.says);
  if (claimed.confidence === 'strong') strong.push(claimed.kind);
  const [kind] = strong;
  if (kind !== undefined) {
    const contradicted = strong.some((other) => other !== kind) || namings.some(({ says }) => says !== kind);
    return { kind, confidence: contradicted ? 'weak' : 'strong' };
  }
  const [named] = namings;
  if (named === undefined) return { kind: claimed.kind, confidence: 'weak' };
  const contradicted =
    (claimed.kind !== 'unknown_jwt' && claimed.kind !== named.says) ||
    namings.some(({ says }) => says !== named.says);
  return { kind: named.says, confidence: contradicted ? 'weak' : 'strong' };
}

function fromProvenance({ provenance }: ClassificationFacts): readonly Evidence[] {
  if (provenance === null) return NONE;
  const { issuedAs, issuedIn, endpoint } = provenance;
  const text =
    issuedAs === 'unknown_jwt'
      ? t`It came as the body of a response of ${endpoint}: a signed answer, no ID and no access token.`
      : t`This very token was issued as "${issuedAs}" in a response of ${endpoint}.`;
  return [{ source: 'provenance', says: issuedAs, text, exchange: issuedIn }];
}

const NONE: readonly Evidence[] = [];

/** What a page keeps it as: the page's word, which claims may contradict. */
function fromStorage({ stored }: ClassificationFacts): readonly Evidence[] {
  if (stored === null) return NONE;
  const { says, sdk, origin, place } = stored;
  const text = t`${sdk} keeps it as "${says}" in the ${place} of ${origin}.`;
  return [{ source: 'storage', says, text, exchange: null }];
}

/** Parameters, by the standard that names them, and what they carry. */
const PARAMETERS: Readonly<Record<string, TokenKind>> = {
  id_token: 'id_token',
  id_token_hint: 'id_token',
  access_token: 'access_token',
  refresh_token: 'refresh_token',
  client_assertion: 'client_assertion',
  logout_token: 'logout_token',
  request: 'request_object',
};

function fromParameter({ places }: ClassificationFacts): readonly Evidence[] {
  if (!places.some(({ location, name, scheme }) => kindOfPlace(location, name, scheme) !== null)) return NONE;
  const seen = new Map<TokenKind, Evidence>();
  for (const { location, name, scheme } of places) {
    const says = kindOfPlace(location, name, scheme);
    if (says === null || seen.has(says)) continue;
    const text =
      location === 'authorization_header'
        ? t`It was sent with the scheme "${scheme ?? ''}".`
        : t`It was sent as "${name}".`;
    seen.set(says, { source: 'parameter', says, text, exchange: null });
  }
  // Named as two things, it is named as nothing.
  return seen.size === 1 ? [...seen.values()] : [];
}

function kindOfPlace(location: SightingLocation, name: string, scheme: string | null): TokenKind | null {
  if (location === 'authorization_header') return scheme === 'dpop' ? 'access_token' : null;
  if (location === 'header') return name.toLowerCase() === 'dpop' ? 'dpop_proof' : null;
  if (location === 'cookie') return null;
  return Object.hasOwn(PARAMETERS, name) ? (PARAMETERS[name] ?? null) : null;
}

/** Endings of names that apps choose themselves, and vendors' headers. */
const NAMES: readonly (readonly [RegExp, TokenKind])[] = [
  [/(?:^|[^a-z])id[_-]?token$/i, 'id_token'],
  [/[a-z]I[dD]Token$/, 'id_token'],
  [/access[_-]?token$/i, 'access_token'],
  [/refresh[_-]?token$/i, 'refresh_token'],
  [/^x-amz-security-token$/i, 'session_token'],
  [/^assertion$/, 'client_assertion'],
];

/** What a name says by its ending; null where it says nothing. An app has few names, and uses them again and again. */
const kindOfName: (name: string) => TokenKind | null = remembering(
  (name) => NAMES.find(([ending]) => ending.test(name))?.[1] ?? null,
  256,
);

/** What an app calls a cookie, a header or a member of its own: a hint, where nothing else says what the token is. */
function fromName({ places }: ClassificationFacts): readonly Evidence[] {
  if (!places.some(({ name }) => kindOfName(name) !== null)) return NONE;
  const seen = new Map<TokenKind, Evidence>();
  for (const { location, name, scheme } of places) {
    if (kindOfPlace(location, name, scheme) !== null) continue;
    const says = kindOfName(name);
    if (says === null || seen.has(says)) continue;
    const text =
      name === 'assertion'
        ? t`It was sent as "${name}", in which also other tokens are handed over (RFC 7521 §4.1).`
        : t`It was sent as "${name}", a name of the app's own choice.`;
    seen.set(says, { source: 'parameter', says, text, exchange: null });
  }
  return seen.size === 1 ? [...seen.values()] : [];
}
