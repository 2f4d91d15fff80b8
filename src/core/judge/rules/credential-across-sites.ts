import type { Case, Rule, Verdict } from '../../model/finding.ts';
import type { TokenKind } from '../../model/token.ts';
import { isHandedOver } from '../../syntax/location.ts';
import { isOneParty } from '../../syntax/party.ts';
import { parseUrl, siteOf } from '../../syntax/url.ts';
import { t } from '../../text.ts';

/** What is said of one kind of credential. */
interface Said {
  readonly sentTo: (first: string, host: string) => string;
  readonly perhapsOneParty: (first: string, site: string) => string;
  readonly maybeNotFor: (host: string) => string;
}

/** What is no ID, access or refresh token (these have rules of their own) and yet opens doors. */
const CREDENTIALS: Partial<Record<TokenKind, Said>> = {
  session_token: {
    sentTo: (first, host) =>
      t`This is a session token that had been sent to ${first}; it was sent to ${host} too.`,
    perhapsOneParty: (first, site) =>
      t`This is a session token that went to ${first} before and now to ${site}, which may be one party's.`,
    maybeNotFor: (host) => t`This is a session token, and nothing seen says that it is meant for ${host}.`,
  },
  unknown_jwt: {
    sentTo: (first, host) => t`This is a JWT that had been sent to ${first}; it was sent to ${host} too.`,
    perhapsOneParty: (first, site) =>
      t`This is a JWT that went to ${first} before and now to ${site}, which may be one party's.`,
    maybeNotFor: (host) => t`This is a JWT, and nothing seen says that it is meant for ${host}.`,
  },
  encrypted: {
    sentTo: (first, host) =>
      t`This is an encrypted token that had been sent to ${first}; it was sent to ${host} too.`,
    perhapsOneParty: (first, site) =>
      t`This is an encrypted token that went to ${first} before and now to ${site}, which may be one party's.`,
    maybeNotFor: (host) => t`This is an encrypted token, and nothing seen says that it is meant for ${host}.`,
  },
  opaque: {
    sentTo: (first, host) =>
      t`This is an opaque token that had been sent to ${first}; it was sent to ${host} too.`,
    perhapsOneParty: (first, site) =>
      t`This is an opaque token that went to ${first} before and now to ${site}, which may be one party's.`,
    maybeNotFor: (host) => t`This is an opaque token, and nothing seen says that it is meant for ${host}.`,
  },
};

/** One session, or another credential, in the hands of unrelated parties. */
export const credentialAcrossSites: Rule = {
  id: 'credential-across-sites',
  severity: 'warning',
  title: t`One session or credential sent to unrelated sites`,
  why: t`A session token is its bearer’s session, whoever the bearer is. A party that it was not made for can enter with it as the person, and keep it for as long as it lives.`,
  fix: t`Send it to the host that issued it, and to no other: attach credentials by the host of the request, not to every request. Where another party needs to know the person or to act for them, get a token that was issued for that party.`,
  references: [
    { title: 'RFC 6750 §5.2', url: 'https://www.rfc-editor.org/rfc/rfc6750#section-5.2' },
    { title: 'RFC 9700 §4.9.1', url: 'https://www.rfc-editor.org/rfc/rfc9700#section-4.9.1' },
  ],
  judge: (subject) => {
    const { token, request, audience, earlier, connection } = subject;
    const { kind, confidence } = token.classification;
    // Of an assertion without a type `other-token-as-bearer` can say little.
    const isJwt = kind === 'client_assertion' && confidence === 'weak';
    const said = CREDENTIALS[isJwt ? 'unknown_jwt' : kind];
    if (said === undefined || !isSentAsCredential(subject)) return { outcome: 'inapplicable' };
    const { role, origin, host } = request.destination;
    if (role !== 'protected_resource' && role !== 'third_party' && role !== 'unknown' && role !== 'client')
      return { outcome: 'inapplicable' };
    const site = siteAt(origin);
    if (site === '') return { outcome: 'inapplicable' };
    if (kind === 'session_token' && audience.outcome === 'not_meant' && audience.certain)
      return fail(subject, t`This session token was sent to ${host}, which is not its place.`);
    // The app's own backend is the client too: what its pages have, it may have.
    if (role === 'client' || (request.initiator !== null && siteAt(request.initiator) === site))
      return { outcome: 'inapplicable' };
    if (audience.outcome === 'meant') return { outcome: 'passed' };
    const [first] = earlier.everywhere;
    // Of a place that nothing connects with it `token-to-unconnected-site` speaks.
    if (first === undefined && connection.outcome === 'none') return { outcome: 'inapplicable' };
    if (first === undefined) return firstUse(subject, said);
    switch (isOneParty(first, site)) {
      case 'yes':
        return { outcome: 'passed' };
      case 'perhaps':
        return {
          outcome: 'cantTell',
          because: said.perhapsOneParty(first, site),
        };
      case 'no':
        return fail(subject, said.sentTo(first, host));
    }
  },
};

/**
 * A JWT in a form may be anything; in the Authorization header it lets somebody in. Of one that is explicitly typed as
 * something else, `other-token-as-bearer` speaks.
 */
function isSentAsCredential({ sighting, token }: Case): boolean {
  const { kind, confidence } = token.classification;
  if (kind === 'unknown_jwt' && confidence === 'certain') return false;
  return kind === 'session_token'
    ? isHandedOver(sighting.location)
    : sighting.location === 'authorization_header';
}

function firstUse({ request }: Case, said: Said): Verdict {
  const { role, host } = request.destination;
  return role === 'third_party' || role === 'unknown'
    ? {
        outcome: 'cantTell',
        because: said.maybeNotFor(host),
      }
    : { outcome: 'inapplicable' };
}

function fail({ token, request, audience }: Case, what: string): Verdict {
  return {
    outcome: 'failed',
    // What it opens is not known.
    ...(token.classification.kind === 'session_token' ? {} : { severity: 'notice' as const }),
    what,
    evidence: [
      ...(audience.outcome === 'not_meant' ? [audience.text] : []),
      request.destination.because,
      ...token.classification.evidence.map(({ text }) => text),
    ],
  };
}

function siteAt(origin: string): string {
  return siteOf(parseUrl(origin)?.hostname ?? '');
}
