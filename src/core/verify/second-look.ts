import type { SignatureState } from '../model/token.ts';

/**
 * True for a state that newer keys may change: the issuer did not answer, or does not publish the key yet, or publishes another
 * one under the same name since its keys were fetched.
 */
export function mayNewerKeysChange(state: SignatureState): boolean {
  if (state.status === 'invalid') return true;
  return (
    state.status === 'unverifiable' &&
    (state.reason === 'issuer_unreachable' || state.reason === 'no_matching_key')
  );
}

/** How long until the issuer is asked again, in ms, by how often it was in vain: 1, 2, 4, 8, 16 minutes; then no more. */
export function nextLookMs(looks: number): number | null {
  return looks < MAX_LOOKS ? FIRST_MS * 2 ** looks : null;
}

const FIRST_MS = 60_000;
const MAX_LOOKS = 5;
