import type { Rule } from '../../model/finding.ts';
import type { TokenKind } from '../../model/token.ts';
import { stringMember } from '../../syntax/json.ts';
import { parseUrl } from '../../syntax/url.ts';

/** Kinds that authorise nobody at an API, and what each is for. ID and refresh tokens have rules of their own. */
const MEANT_FOR: Partial<Record<TokenKind, readonly [string, string]>> = {
  logout_token: [
    'a logout token',
    'it tells the client that a session ended (OpenID Connect Back-Channel Logout 1.0 §2.4)',
  ],
  security_event: ['a security event token', 'it tells its receiver that something happened (RFC 8417 §1)'],
  request_object: ['a request object', 'it carries the parameters of an authorization request (RFC 9101 §4)'],
  authorization_response: ['an authorization response', 'it answers an authorization request (JARM §2.1)'],
  dpop_proof: ['a DPoP proof', 'it goes beside an access token, in the "DPoP" header (RFC 9449 §7.1)'],
  client_assertion: [
    'a client assertion',
    'it authenticates a client at its authorization server (RFC 7523 §2.2)',
  ],
};

/** Words in the paths of endpoints that receive such tokens, however they are sent. */
const RECEIVER = /log-?out|back-?channel|risc|caep|ssf|event|notification|credential|oauth|token/i;

/** A token of another kind in the place of an access token. */
export const otherTokenAsBearer: Rule = {
  id: 'other-token-as-bearer',
  severity: 'warning',
  title: 'Token of another kind sent as if it were an access token',
  why: 'A token says by its type what it is for. An API that takes any JWT of a trusted issuer as an access token can be entered with tokens that were made, and are handled, for something else.',
  fix: 'Send an access token that was issued for this API. In the API, check the type ("typ": "at+jwt") and the audience, so that no token of another kind passes.',
  references: [
    { title: 'RFC 8725 §3.11', url: 'https://www.rfc-editor.org/rfc/rfc8725#section-3.11' },
    { title: 'RFC 8725 §2.8', url: 'https://www.rfc-editor.org/rfc/rfc8725#section-2.8' },
    { title: 'RFC 9068 §4', url: 'https://www.rfc-editor.org/rfc/rfc9068#section-4' },
  ],
  judge: ({ sighting, token, request, audience }) => {
    const { kind, confidence } = token.classification;
    const meantFor = MEANT_FOR[kind];
    if (meantFor === undefined || sighting.location !== 'authorization_header')
      return { outcome: 'inapplicable' };
    switch (request.destination.role) {
      case 'protected_resource':
      case 'client':
      case 'third_party':
      case 'unknown':
        break;
      default:
        return { outcome: 'inapplicable' };
    }
    const [called, purpose] = meantFor;
    // A client may also sign a token for the API itself (https://google.aip.dev/auth/4111): then that is its audience.
    if (kind === 'client_assertion' && audience.outcome !== 'not_meant') {
      return audience.outcome === 'meant'
        ? { outcome: 'passed' }
        : {
            outcome: 'cantTell',
            because: `It is signed by its own sender, and may be made for this API. ${audience.text}`,
          };
    }
    const proven = token.form === 'jwt' ? parseUrl(stringMember(token.claims, 'htu') ?? '') : null;
    if (RECEIVER.test(request.destination.path) || proven?.host === request.destination.host) {
      return {
        outcome: 'cantTell',
        because: `This is ${called}, and this may be an endpoint that takes one.`,
      };
    }
    if (confidence === 'weak') {
      return { outcome: 'cantTell', because: `It may be ${called}, but the evidence is weak.` };
    }
    return {
      outcome: 'failed',
      what: `This is ${called}: ${purpose}. It was sent to ${request.destination.host} as a bearer token.`,
      evidence: [...token.classification.evidence.map(({ text }) => text), request.destination.because],
    };
  },
};
