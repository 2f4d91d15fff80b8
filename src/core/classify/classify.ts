import type {
  Classification,
  Confidence,
  DecodedToken,
  Evidence,
  SightingLocation,
  TokenKind,
} from '../model/token.ts';
import { fromAudience, fromClaims } from './claims.ts';
import { fromTyping } from './typing.ts';

/** What classification needs to know beside the token: plain facts, looked up by the caller. */
export interface ClassificationFacts {
  /** This very token was issued in a response seen: as what, where. */
  readonly provenance: {
    readonly issuedAs: TokenKind;
    readonly issuedIn: string;
    readonly endpoint: string;
  } | null;
  /** Where it was seen, by name. */
  readonly places: readonly {
    readonly location: SightingLocation;
    readonly name: string;
    readonly scheme: string | null;
  }[];
  /** True for a client_id that was seen in use at the token's issuer. */
  readonly isClientOf: (clientId: string, issuer: string | null) => boolean;
}

/**
 * Tells what a token is, from evidence, strongest first: provenance, explicit typing, the parameter that names it,
 * the audience, the claims that only one kind has. One sign alone errs often (an access token can bear a nonce, an ID
 * token a scope), so claims are weighed together, and what contradicts itself stays weak.
 */
export function classify(token: DecodedToken, facts: ClassificationFacts): Classification {
  const provenance = fromProvenance(facts);
  const typing = token.form === 'jwt' ? fromTyping(token.header, token.claims) : [];
  const parameter = fromParameter(facts);
  const audience = token.form === 'jwt' ? fromAudience(token.claims, facts.isClientOf) : [];
  const claims =
    token.form === 'jwt' ? fromClaims(token.claims) : { evidence: [], confidence: 'weak' as const };
  const evidence = [...provenance, ...typing, ...parameter, ...audience, ...claims.evidence];

  const [issued] = provenance;
  if (issued !== undefined) return { kind: issued.says, confidence: 'certain', evidence };
  const [typed] = typing;
  if (typed !== undefined) return { kind: typed.says, confidence: 'certain', evidence };
  const [named] = parameter;
  switch (token.form) {
    case 'jwe':
      return named === undefined
        ? { kind: 'encrypted', confidence: 'strong', evidence }
        : { kind: named.says, confidence: 'weak', evidence };
    case 'opaque':
    case 'malformed':
      return named === undefined
        ? { kind: 'opaque', confidence: 'weak', evidence }
        : { kind: named.says, confidence: 'weak', evidence };
    case 'jwt':
      return { ...weigh(named, audience, claims), evidence };
  }
}

/** The signs of an untyped JWT of unknown origin, together. */
function weigh(
  named: Evidence | undefined,
  audience: readonly Evidence[],
  claims: { readonly evidence: readonly Evidence[]; readonly confidence: Confidence },
): { readonly kind: TokenKind; readonly confidence: Confidence } {
  const [claimed] = claims.evidence;
  const [addressed] = audience;
  if (claimed !== undefined && claims.confidence === 'strong') {
    const contradicted = named !== undefined && named.says !== claimed.says;
    return { kind: claimed.says, confidence: contradicted ? 'weak' : 'strong' };
  }
  if (addressed !== undefined) {
    // The client is the audience: an ID token, unless its own claims speak for another kind.
    const contradicted = claimed !== undefined && claimed.says !== addressed.says;
    return { kind: addressed.says, confidence: contradicted ? 'weak' : 'strong' };
  }
  if (named !== undefined) {
    const contradicted = claimed !== undefined && claimed.says !== named.says;
    return { kind: named.says, confidence: contradicted ? 'weak' : 'strong' };
  }
  return claimed === undefined
    ? { kind: 'unknown_jwt', confidence: 'weak' }
    : { kind: claimed.says, confidence: claims.confidence };
}

function fromProvenance({ provenance }: ClassificationFacts): readonly Evidence[] {
  if (provenance === null) return [];
  const { issuedAs, issuedIn, endpoint } = provenance;
  const text = `This very token was issued as "${issuedAs}" in a response of ${endpoint}.`;
  return [{ source: 'provenance', says: issuedAs, text, exchange: issuedIn }];
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
  const seen = new Map<TokenKind, Evidence>();
  for (const { location, name, scheme } of places) {
    const says = kindOfPlace(location, name, scheme);
    if (says === null || seen.has(says)) continue;
    const text =
      location === 'authorization_header'
        ? `It was sent with the scheme "${scheme}".`
        : `It was sent as "${name}".`;
    seen.set(says, { source: 'parameter', says, text, exchange: null });
  }
  // Named as two things, it is named as nothing.
  return seen.size === 1 ? [...seen.values()] : [];
}

function kindOfPlace(location: SightingLocation, name: string, scheme: string | null): TokenKind | null {
  if (location === 'authorization_header') return scheme === 'dpop' ? 'access_token' : null;
  if (location === 'header') return name.toLowerCase() === 'dpop' ? 'dpop_proof' : null;
  return Object.hasOwn(PARAMETERS, name) ? (PARAMETERS[name] ?? null) : null;
}
