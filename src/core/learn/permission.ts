import { issuerUrl } from '../syntax/issuer.ts';
import { isPrivateNetwork } from '../syntax/private-network.ts';
import { isLoopback } from '../syntax/url.ts';

/**
 * Whether an issuer may be asked for its keys. `no_place`: its name is no place that keys are fetched from. `private`: it is
 * on this machine or on a private network, and no page that may talked to it. `not_approved`: a person's word is missing.
 */
export type Permission = 'granted' | 'not_approved' | 'private' | 'no_place';

/** What is known of an issuer and of the origins that pages talked to. */
export interface PermissionFacts {
  /** The traffic shows it as an authorization server. */
  readonly isShown: boolean;
  /** A person said that it may be asked. */
  readonly isApproved: boolean;
  /** Which page talked to an origin on this machine or on a private network: one of this machine, one of elsewhere, none. */
  readonly contact: (origin: string) => 'loopback' | 'elsewhere' | 'none';
}

/** Decides by the issuer's name and what is known. A token's `iss` alone is the attacker's. */
export function mayAsk(issuer: string, { isShown, isApproved, contact }: PermissionFacts): Permission {
  const url = issuerUrl(issuer);
  if (url === null) return 'no_place';
  if (isLoopback(url.hostname)) {
    if (contact(url.origin) !== 'loopback') return 'private';
  } else if (isPrivateNetwork(url.hostname) && contact(url.origin) === 'none') return 'private';
  return isShown || isApproved ? 'granted' : 'not_approved';
}
