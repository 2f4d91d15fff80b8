import type { Case, Rule, Verdict } from '../../model/finding.ts';
import type { CheckedToken, TokenKind } from '../../model/token.ts';
import { stringMember } from '../../syntax/json.ts';
import { parseUrl } from '../../syntax/url.ts';
import { t } from '../../text.ts';

/** What is said of one kind of token in the place of an access token. */
interface Said {
  /** What it is, and what for. */
  readonly is: () => string;
  readonly atReceiver: () => string;
  readonly perhaps: () => string;
  /** True for what verifiers take as a credential: who does has made a protocol of its own. */
  readonly isPresented?: true;
}

/** Kinds that authorise nobody at an API, and what each is for. ID and refresh tokens have rules of their own. */
const MEANT_FOR: Partial<Record<TokenKind, Said>> = {
  logout_token: {
    is: () =>
      t`This is a logout token: it tells the client that a session ended (OpenID Connect Back-Channel Logout 1.0 §2.4).`,
    atReceiver: () => t`This is a logout token, and this may be an endpoint that takes one.`,
    perhaps: () => t`It may be a logout token, but the evidence is weak.`,
  },
  security_event: {
    is: () => t`This is a security event token: it tells its receiver that something happened (RFC 8417 §1).`,
    atReceiver: () => t`This is a security event token, and this may be an endpoint that takes one.`,
    perhaps: () => t`It may be a security event token, but the evidence is weak.`,
  },
  request_object: {
    is: () =>
      t`This is a request object: it carries the parameters of an authorization request (RFC 9101 §4).`,
    atReceiver: () => t`This is a request object, and this may be an endpoint that takes one.`,
    perhaps: () => t`It may be a request object, but the evidence is weak.`,
  },
  authorization_response: {
    is: () => t`This is an authorization response: it answers an authorization request (JARM §2.1).`,
    atReceiver: () => t`This is an authorization response, and this may be an endpoint that takes one.`,
    perhaps: () => t`It may be an authorization response, but the evidence is weak.`,
  },
  dpop_proof: {
    is: () => t`This is a DPoP proof: it goes beside an access token, in the "DPoP" header (RFC 9449 §7.1).`,
    atReceiver: () => t`This is a DPoP proof, and this may be an endpoint that takes one.`,
    perhaps: () => t`It may be a DPoP proof, but the evidence is weak.`,
  },
  client_assertion: {
    is: () =>
      t`This is a client assertion: it authenticates a client at its authorization server (RFC 7523 §2.2).`,
    atReceiver: () => t`This is a client assertion, and this may be an endpoint that takes one.`,
    perhaps: () => t`It may be a client assertion, but the evidence is weak.`,
  },
};

const VERIFIABLE_CREDENTIAL: Said = {
  is: () =>
    t`This is a verifiable credential: it is presented to a verifier (OpenID for Verifiable Presentations 1.0).`,
  atReceiver: () => t`This is a verifiable credential, and this may be an endpoint that takes one.`,
  perhaps: () => t`It may be a verifiable credential, but the evidence is weak.`,
  isPresented: true,
};

/** Types of JWT for which there is no kind of their own, and what each is for. */
const TYPED: Readonly<Record<string, Said>> = {
  'oauth-id-jag+jwt': {
    is: () =>
      t`This is an identity assertion grant: it is exchanged for an access token at the authorization server that it names (draft-ietf-oauth-identity-assertion-authz-grant).`,
    atReceiver: () => t`This is an identity assertion grant, and this may be an endpoint that takes one.`,
    perhaps: () => t`It may be an identity assertion grant, but the evidence is weak.`,
  },
  'token-introspection+jwt': {
    is: () =>
      t`This is a signed answer of an introspection endpoint: it tells one protected resource about a token (RFC 9701 §5).`,
    atReceiver: () =>
      t`This is a signed answer of an introspection endpoint, and this may be an endpoint that takes one.`,
    perhaps: () => t`It may be a signed answer of an introspection endpoint, but the evidence is weak.`,
  },
  'kb+jwt': {
    is: () =>
      t`This is a key binding JWT: it goes at the end of a presentation, to one verifier (RFC 9901 §4.3).`,
    atReceiver: () => t`This is a key binding JWT, and this may be an endpoint that takes one.`,
    perhaps: () => t`It may be a key binding JWT, but the evidence is weak.`,
  },
  'dc+sd-jwt': VERIFIABLE_CREDENTIAL,
  'vc+sd-jwt': VERIFIABLE_CREDENTIAL,
  'vc+jwt': VERIFIABLE_CREDENTIAL,
  'vp+jwt': {
    is: () =>
      t`This is a verifiable presentation: it is for one verifier (OpenID for Verifiable Presentations 1.0).`,
    atReceiver: () => t`This is a verifiable presentation, and this may be an endpoint that takes one.`,
    perhaps: () => t`It may be a verifiable presentation, but the evidence is weak.`,
    isPresented: true,
  },
};

const SIGNED_RESPONSE: Said = {
  is: () =>
    t`This is a signed response: it came as the body of an answer, such as that of the UserInfo Endpoint (OpenID Connect Core 1.0 §5.3.2).`,
  atReceiver: () => t`This is a signed response, and this may be an endpoint that takes one.`,
  perhaps: () => t`It may be a signed response, but the evidence is weak.`,
};

/** Words in the names of those who take credentials. */
const VERIFIER = /verif|present|wallet|\bvp\b|\brp\b/i;

/** Words in the paths of endpoints that receive such tokens, however they are sent. */
const RECEIVER = /\bpar\b|log-?out|back-?channel|risc|caep|ssf|event|notification|credential|oauth|token/i;

/** A token of another kind in the place of an access token. */
export const otherTokenAsBearer: Rule = {
  id: 'other-token-as-bearer',
  severity: 'warning',
  title: t`Token of another kind sent as if it were an access token`,
  why: t`A token says by its type what it is for. An API that takes any JWT of a trusted issuer as an access token can be entered with tokens that were made, and are handled, for something else.`,
  fix: t`Send an access token that was issued for this API. In the API, check the type ("typ": "at+jwt") and the audience, so that no token of another kind passes.`,
  references: [
    { title: 'RFC 8725 §3.11', url: 'https://www.rfc-editor.org/rfc/rfc8725#section-3.11' },
    { title: 'RFC 8725 §2.8', url: 'https://www.rfc-editor.org/rfc/rfc8725#section-2.8' },
    { title: 'RFC 9068 §4', url: 'https://www.rfc-editor.org/rfc/rfc9068#section-4' },
  ],
  judge: (subject) => {
    const { sighting, token, request, audience } = subject;
    const { kind, confidence } = token.classification;
    const type = typeOf(token);
    const meantFor =
      MEANT_FOR[kind] ??
      (Object.hasOwn(TYPED, type) ? TYPED[type] : isSignedResponse(token) ? SIGNED_RESPONSE : undefined);
    if (meantFor === undefined && kind === 'unknown_jwt' && confidence === 'certain')
      return ofAnotherType(type, subject);
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
    // A client may also sign a token for the API itself (https://google.aip.dev/auth/4111): then that is its audience.
    if (kind === 'client_assertion' || type === 'kb+jwt') {
      if (audience.outcome === 'meant') return { outcome: 'passed' };
      // No type says that it is for an authorization server.
      if (audience.outcome === 'cannot_tell' && !type.includes('+')) {
        return {
          outcome: 'cantTell',
          because: t`It is signed by its own sender, and may be made for this API. ${audience.text}`,
        };
      }
    }
    const proven = token.form === 'jwt' ? parseUrl(stringMember(token.claims, 'htu') ?? '') : null;
    const { host, path } = request.destination;
    if (
      RECEIVER.test(path) ||
      (kind === 'unknown_jwt' && VERIFIER.test(host + path)) ||
      proven?.host === host
    ) {
      return {
        outcome: 'cantTell',
        because: meantFor.atReceiver(),
      };
    }
    if (confidence === 'weak') {
      return { outcome: 'cantTell', because: meantFor.perhaps() };
    }
    return {
      outcome: 'failed',
      ...(meantFor.isPresented ? { severity: 'notice' } : {}),
      what: `${meantFor.is()} ${t`It was sent to ${host} as a bearer token.`}`,
      evidence: [...token.classification.evidence.map(({ text }) => text), request.destination.because],
    };
  },
};

/** The explicit type (RFC 8725 §3.11), in the form that registers have. */
function typeOf(token: CheckedToken): string {
  const typ = token.form === 'jwt' ? (stringMember(token.header, 'typ') ?? '') : '';
  return typ.toLowerCase().replace(/^application\//, '');
}

/** True for a JWT that was seen as the body of a response. */
function isSignedResponse({ classification: { kind, evidence } }: CheckedToken): boolean {
  return kind === 'unknown_jwt' && evidence[0]?.source === 'provenance';
}

function ofAnotherType(type: string, { sighting, request }: Case): Verdict {
  return sighting.location === 'authorization_header'
    ? {
        outcome: 'cantTell',
        because: t`Its header is typed "${type.slice(0, 64)}", which is no access token's; ${request.destination.host} may define it.`,
      }
    : { outcome: 'inapplicable' };
}
