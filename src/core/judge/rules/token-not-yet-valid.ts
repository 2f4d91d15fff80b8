import type { Case, Rule } from '../../model/finding.ts';
import type { Check, CheckedToken } from '../../model/token.ts';
import { numberMember } from '../../syntax/json.ts';
import { isSent } from '../../syntax/location.ts';
import { t } from '../../text.ts';

/** A token sent before its time. */
export const tokenNotYetValid: Rule = {
  id: 'token-not-yet-valid',
  severity: 'warning',
  title: t`Token sent before it is valid`,
  why: t`Before the time in "nbf" a token must not be accepted. The call fails, or the API does not look at the times in tokens at all.`,
  fix: t`Set the clocks of this machine and of the server that issues the tokens by NTP, and let receivers allow for a minute or two. Where "nbf" is meant to be in the future, keep the token until then.`,
  references: [
    { title: 'RFC 7519 §4.1.5', url: 'https://www.rfc-editor.org/rfc/rfc7519#section-4.1.5' },
    { title: 'RFC 7519 §4.1.6', url: 'https://www.rfc-editor.org/rfc/rfc7519#section-4.1.6' },
  ],
  judge: ({ sighting, token, request }) => {
    if (token.form !== 'jwt' || !isSent(sighting.location) || sighting.name === 'id_token_hint')
      return { outcome: 'inapplicable' };
    // Some servers date a refresh token to the end of the access token that came with it: it is renewed then.
    if (token.classification.kind === 'refresh_token') return { outcome: 'inapplicable' };
    // To ask of a token, or to give it back, uses it for nothing (RFC 7662 §2.2, RFC 7009 §2.1).
    const { role, host } = request.destination;
    if (role === 'introspection_endpoint' || role === 'revocation_endpoint')
      return { outcome: 'inapplicable' };
    const nbf = checkOf(token, 'nbf');
    const iat = checkOf(token, 'iat');
    if (nbf === null && iat === null) return { outcome: 'inapplicable' };
    // A token from the future was made by a clock that differs from this machine's: either may be wrong.
    if (iat !== null && isEarly(token, iat)) {
      return { outcome: 'cantTell', because: t`Clocks differ, this machine's or its issuer's. ${iat.text}` };
    }
    if (nbf === null || nbf.outcome === 'passed') return { outcome: 'passed' };
    if (!isEarly(token, nbf))
      return { outcome: 'cantTell', because: t`When it begins can't be told. ${nbf.text}` };
    if (token.classification.kind === 'unknown_jwt' && sighting.location !== 'authorization_header') {
      return {
        outcome: 'cantTell',
        because: mayBeForLater(sighting, nbf.text),
      };
    }
    return {
      outcome: 'failed',
      what: t`A token that is not valid yet was sent to ${host}.`,
      evidence: [nbf.text],
    };
  },
};

function mayBeForLater({ location, name }: Case['sighting'], nbf: string): string {
  if (location === 'path')
    return t`The path of the URL has a JWT of unknown use, which may be meant for later. ${nbf}`;
  return name === ''
    ? t`It is a JWT of unknown use, which may be meant for later. ${nbf}`
    : t`"${name}" is a JWT of unknown use, which may be meant for later. ${nbf}`;
}

function checkOf({ checks }: CheckedToken, id: 'nbf' | 'iat'): Check | null {
  const check = checks.find((one) => one.id === id);
  return check === undefined || check.outcome === 'inapplicable' ? null : check;
}

/** True where the time itself is too early, not merely no time. */
function isEarly(token: Extract<CheckedToken, { form: 'jwt' }>, { id, outcome }: Check): boolean {
  return outcome === 'failed' && numberMember(token.claims, id) !== null;
}
