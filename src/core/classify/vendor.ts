import type { JsonObject } from '../model/json.ts';
import type { Confidence, Evidence, TokenKind } from '../model/token.ts';
import { member, stringsMember } from '../syntax/json.ts';
import { t } from '../text.ts';
import { OPAQUE_PROFILES } from './opaque-vendors.ts';
import type { ClaimTest } from './vendor-profile.ts';
import { VENDOR_PROFILES } from './vendors.ts';

/** What a vendor's documentation says of a token. */
export interface VendorWord {
  /** null where the vendor's ID and access tokens can't be told apart by what this one has. */
  readonly says: TokenKind | null;
  readonly confidence: Exclude<Confidence, 'weak'>;
  readonly evidence: readonly Evidence[];
}

/** A profile, ready to be tried. */
interface Prepared {
  readonly order: number;
  readonly tests: readonly (readonly [name: string, test: ClaimTest])[];
  readonly without: readonly string[];
  readonly word: VendorWord;
}

/** Claims that many tokens have; the issuer tells most of those apart. */
const COMMON: readonly string[] = ['aud', 'exp', 'sub', 'iss'];

/** Profiles by the claim that each needs most: most tokens have few of these claims, and every new token is compared. */
const BY_CLAIM: ReadonlyMap<string, readonly Prepared[]> = prepare();

function prepare(): ReadonlyMap<string, readonly Prepared[]> {
  const byClaim = new Map<string, Prepared[]>();
  for (const [
    order,
    { says, confidence, vendor, text, source, claims, without = [] },
  ] of VENDOR_PROFILES.entries()) {
    const tests = Object.entries(claims);
    const names = tests.map(([name]) => name);
    const rarest = names.find((name) => !COMMON.includes(name)) ?? (names.includes('iss') ? 'iss' : names[0]);
    if (rarest === undefined) continue;
    const evidence = says === null ? [] : [word(says, t`${text} (${vendor}: ${source}).`)];
    const alike = byClaim.get(rarest) ?? [];
    byClaim.set(rarest, alike);
    alike.push({ order, tests, without, word: { says, confidence, evidence } });
  }
  return byClaim;
}

/** Profiles that an issuer's name alone does not rule out, of the issuers that were seen last. */
const byIssuer = new Map<string, readonly Prepared[]>();
const MAX_ISSUERS = 64;
const MAX_ISSUER_LENGTH = 256;

function profilesOfIssuer(claims: JsonObject): readonly Prepared[] {
  const issuer = member(claims, 'iss');
  const all = BY_CLAIM.get('iss') ?? [];
  if (typeof issuer !== 'string' || issuer.length > MAX_ISSUER_LENGTH) return all;
  const known = byIssuer.get(issuer);
  if (known !== undefined) return known;
  const fitting = all.filter(({ tests }) =>
    tests.every(([name, test]) => name !== 'iss' || fits(claims, name, test)),
  );
  if (byIssuer.size >= MAX_ISSUERS) byIssuer.clear();
  byIssuer.set(issuer, fitting);
  return fitting;
}

/** @returns what the first vendor profile that fits the claims says, null where none fits */
export function fromVendor(claims: JsonObject): VendorWord | null {
  let found: Prepared | null = null;
  for (const name in claims) {
    const profiles = name === 'iss' ? profilesOfIssuer(claims) : BY_CLAIM.get(name);
    if (profiles === undefined) continue;
    for (const profile of profiles) {
      if (found !== null && profile.order > found.order) break;
      if (
        profile.tests.every(([claim, test]) => fits(claims, claim, test)) &&
        profile.without.every((claim) => !isThere(claims, claim))
      ) {
        found = profile;
        break;
      }
    }
  }
  return found?.word ?? null;
}

/** @returns what a vendor documents of the beginning of an opaque token, null where none does */
export function fromOpaque(raw: string): VendorWord | null {
  const profile = OPAQUE_PROFILES.find(({ shape }) => shape.test(raw));
  if (profile === undefined) return null;
  const { says, prefix, vendor, source } = profile;
  return {
    says,
    confidence: 'strong',
    evidence: [word(says, t`It begins with "${prefix}" (${vendor}: ${source}).`)],
  };
}

function fits(claims: JsonObject, name: string, test: ClaimTest): boolean {
  if (test === true) return isThere(claims, name);
  if (typeof test === 'string') return member(claims, name) === test;
  const strings = stringsMember(claims, name);
  return strings.length > 0 && strings.every((text) => test.test(text));
}

function isThere(claims: JsonObject, name: string): boolean {
  const value = member(claims, name);
  return value !== undefined && value !== null;
}

function word(says: TokenKind, text: string): Evidence {
  return { source: 'vendor', says, text, exchange: null };
}
