import type { Case, Rule } from '../../model/finding.ts';
import { isLoopback } from '../../syntax/url.ts';
import { t } from '../../text.ts';

/** A token that nobody signed. */
export const unsecuredJwt: Rule = {
  id: 'unsecured-jwt',
  severity: 'error',
  title: t`Unsecured JWT sent: nobody signed it`,
  why: t`Its header says alg "none": anybody can write such a token, with any claims. An API that takes one has no authentication at all.`,
  fix: t`Send the token as its issuer signed it. In the API, list the algorithms that it accepts; "none" is not among them.`,
  references: [
    { title: 'RFC 7519 §6', url: 'https://www.rfc-editor.org/rfc/rfc7519#section-6' },
    { title: 'RFC 8725 §3.2', url: 'https://www.rfc-editor.org/rfc/rfc8725#section-3.2' },
  ],
  judge: ({ sighting, token, request, acceptedByDesign }) => {
    if (token.form !== 'jwt') return { outcome: 'inapplicable' };
    // A request object may be unsecured (OpenID Connect Core 1.0 §6.1): it grants nothing.
    if (token.classification.kind === 'request_object') return { outcome: 'inapplicable' };
    if (token.signature.status !== 'unsecured') return { outcome: 'passed' };
    // Apps also use the form for what is no credential, such as a "state" of their own.
    if (token.classification.kind === 'unknown_jwt' && sighting.location !== 'authorization_header') {
      return {
        outcome: 'cantTell',
        because: mayBeCredential(sighting),
      };
    }
    // Firebase's emulator issues unsigned ID tokens: https://firebase.google.com/docs/emulator-suite/connect_auth
    const isEmulated =
      acceptedByDesign?.vendor === 'Firebase' && isLoopback(hostnameOf(request.destination.host));
    return {
      outcome: 'failed',
      ...(isEmulated ? { severity: 'notice' as const } : {}),
      what: t`A JWT without a signature was sent to ${request.destination.host}.`,
      evidence: [t`Its JOSE Header has "alg": "none".`],
    };
  },
};

function mayBeCredential({ location, name }: Case['sighting']): string {
  if (location === 'path')
    return t`The path of the URL has a JWT without a signature, and whether it is a credential can't be told.`;
  return name === ''
    ? t`It is a JWT without a signature, and whether it is a credential can't be told.`
    : t`"${name}" is a JWT without a signature, and whether it is a credential can't be told.`;
}

function hostnameOf(host: string): string {
  return host.replace(/:\d+$/, '');
}
