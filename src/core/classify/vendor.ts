import type { JsonObject } from '../model/json.ts';
import type { Confidence, Evidence, TokenKind } from '../model/token.ts';
import { member, stringsMember } from '../syntax/json.ts';
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

/** @returns what the first vendor profile that fits the claims says, null where none fits */
export function fromVendor(claims: JsonObject): VendorWord | null {
  const profile = VENDOR_PROFILES.find(
    ({ claims: wanted, without = [] }) =>
      Object.entries(wanted).every(([name, test]) => fits(claims, name, test)) &&
      without.every((name) => !isThere(claims, name)),
  );
  if (profile === undefined) return null;
  const { says, confidence, vendor, text, source } = profile;
  return { says, confidence, evidence: says === null ? [] : [word(says, `${text} (${vendor}: ${source}).`)] };
}

/** @returns what a vendor documents of the beginning of an opaque token, null where none does */
export function fromOpaque(raw: string): VendorWord | null {
  const profile = OPAQUE_PROFILES.find(({ shape }) => shape.test(raw));
  if (profile === undefined) return null;
  const { says, prefix, vendor, source } = profile;
  return {
    says,
    confidence: 'strong',
    evidence: [word(says, `It begins with "${prefix}" (${vendor}: ${source}).`)],
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
