import type { Rule } from '../../model/finding.ts';
import { stringMember } from '../../syntax/json.ts';
import { isLoopback, parseUrl } from '../../syntax/url.ts';
import { t } from '../../text.ts';

/** A token that anybody could have made. */
export const guessableHmacSecret: Rule = {
  id: 'guessable-hmac-secret',
  severity: 'error',
  title: t`Token signed with a secret that everybody knows`,
  why: t`Its signature was made with a secret that stands in documentation or tutorials. Whoever tries those (it takes less than a second) can write tokens for any person, with any rights.`,
  fix: t`Replace the secret by a random one of at least the length of the hash (256 bits for HS256), from the environment and not from the source code; every token signed with the old one must be refused. Better still, sign with a key pair (ES256, EdDSA), so that receivers hold no secret.`,
  references: [
    { title: 'RFC 8725 §3.5', url: 'https://www.rfc-editor.org/rfc/rfc8725#section-3.5' },
    { title: 'RFC 7518 §3.2', url: 'https://www.rfc-editor.org/rfc/rfc7518#section-3.2' },
  ],
  judge: ({ token, request }) => {
    if (token.form !== 'jwt') return { outcome: 'inapplicable' };
    const alg = stringMember(token.header, 'alg') ?? '';
    if (!/^HS\d+$/.test(alg)) return { outcome: 'inapplicable' };
    // A secret that is on no list may be guessed all the same.
    if (!token.guessableSecret) return { outcome: 'passed' };
    const { host, origin } = request.destination;
    const isLocal = isLoopback(parseUrl(origin)?.hostname ?? '');
    return {
      outcome: 'failed',
      // Vendors' kits for development on one's own machine come with such a secret on purpose.
      ...(isLocal ? { severity: 'notice' } : {}),
      what: t`The ${alg} token that was sent to ${host} was signed with a secret that stands in documentation or tutorials.`,
      evidence: [t`Its signature was made again with a secret from a short list of well-known ones.`],
    };
  },
};
