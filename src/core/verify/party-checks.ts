import type { IssuerMetadata } from '../model/knowledge.ts';
import type { Check } from '../model/token.ts';
import { compareIssuers } from '../syntax/issuer.ts';
import { stringMember, stringsMember } from '../syntax/json.ts';
import { t } from '../text.ts';
import { check, type Jwt, quoted } from './check.ts';

/** What is known of the parties. */
export interface PartyFacts {
  /** The metadata of the token's issuer, once fetched or seen. */
  readonly metadata: IssuerMetadata | null;
  readonly isClientOf: (clientId: string, issuer: string | null) => boolean;
}

/** Audiences that are listed in a sentence. */
const MAX_LISTED = 8;

/** Who issued it and for whom: `iss`, `aud`, `azp` (OpenID Connect Core 1.0 §2, §3.1.3.7, 2 to 5). */
export function checkParties(token: Jwt, facts: PartyFacts): readonly Check[] {
  return [checkIssuer(token, facts), checkAudience(token, facts), checkAuthorizedParty(token, facts)];
}

function checkIssuer({ claims }: Jwt, { metadata }: PartyFacts): Check {
  const issuer = stringMember(claims, 'iss');
  if (issuer === null) return check('iss', 'cantTell', t`It names no issuer.`);
  if (metadata === null) return check('iss', 'cantTell', t`${quoted(issuer)}: its metadata was not read.`);
  const published = quoted(metadata.issuer);
  switch (compareIssuers(claims, metadata.issuer)) {
    case 'same':
      return metadata.issuer === issuer || metadata.issuer === `https://${issuer}`
        ? check('iss', 'passed', t`${quoted(issuer)}, as its metadata says.`)
        : check('iss', 'passed', t`${quoted(issuer)}: a tenant of ${published}, as its metadata says.`);
    case 'slash':
      return check(
        'iss',
        'failed',
        t`${quoted(issuer)}, but its metadata says ${published}: the slash at the end counts.`,
      );
    case 'other':
      return check('iss', 'failed', t`${quoted(issuer)}, but its metadata says ${published}.`);
  }
}

/** An access token's audience is compared with where it goes, request by request. */
function checkAudience({ claims, classification }: Jwt, { isClientOf }: PartyFacts): Check {
  const audiences = stringsMember(claims, 'aud');
  const issuer = stringMember(claims, 'iss');
  const shown = audiences.slice(0, MAX_LISTED).map(quoted).join(', ');
  const more = audiences.length - MAX_LISTED;
  const listed = more > 0 ? t`${shown} and ${more} more` : shown;
  if (audiences.length === 0) return check('aud', 'cantTell', t`It names no audience.`);
  if (classification.kind !== 'id_token')
    return check('aud', 'inapplicable', t`${listed}: see where the request went.`);
  const clients = audiences.filter((audience) => isClientOf(audience, issuer));
  if (clients.length === 0)
    return check('aud', 'cantTell', t`${listed}: no client_id of that name was seen at its issuer.`);
  return clients.length === audiences.length
    ? check('aud', 'passed', t`${listed}: the app's client_id.`)
    : check(
        'aud',
        'passed',
        t`${listed}: one is the app's client_id. A client that does not trust the others must refuse it.`,
      );
}

/** OpenID Connect Core 1.0 §2 `azp`, §3.1.3.7, 4 and 5. */
function checkAuthorizedParty({ claims, classification }: Jwt, { isClientOf }: PartyFacts): Check {
  const party = stringMember(claims, 'azp');
  const audiences = stringsMember(claims, 'aud');
  const isIdToken = classification.kind === 'id_token';
  if (party === null) {
    return isIdToken && audiences.length > 1
      ? check('azp', 'cantTell', t`It has several audiences and does not say which of them asked for it.`)
      : check('azp', 'inapplicable', t`Not claimed.`);
  }
  if (!isIdToken) return check('azp', 'inapplicable', t`${quoted(party)}: the client that it was issued to.`);
  if (isClientOf(party, stringMember(claims, 'iss')))
    return check('azp', 'passed', t`${quoted(party)}: the app's client_id.`);
  // Some servers issue ID tokens to one client for another one's backend: an extension, which its parties know.
  return audiences.includes(party)
    ? check('azp', 'cantTell', t`${quoted(party)}: no client_id of that name was seen at its issuer.`)
    : check(
        'azp',
        'cantTell',
        t`${quoted(party)}, another than its audience: issued to one, meant for the other.`,
      );
}
