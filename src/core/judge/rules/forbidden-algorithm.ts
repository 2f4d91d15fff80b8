import type { Rule } from '../../model/finding.ts';
import { stringMember } from '../../syntax/json.ts';
import { t } from '../../text.ts';

/** Registered for JOSE and in use: RFC 7518 §3.1, §4.1, RFC 8037 §3.1, RFC 8812 §3.2, RFC 9864 §2.2, FIPS 204 and WebCrypto's. */
const SIGNATURES = /^(?:(?:HS|RS|ES|PS)(?:256|384|512)|EdDSA|Ed25519|Ed448|ES256K|ML-DSA-(?:44|65|87))$/;
const ENCRYPTIONS =
  /^(?:RSA-OAEP(?:-(?:256|384|512))?|A(?:128|192|256)(?:GCM)?KW|dir|ECDH-ES(?:\+A(?:128|192|256)KW)?|PBES2-HS(?:256|384|512)\+A(?:128|192|256)KW)$/;

/** What is forbidden, and why. The registry has SHA-1 and unauthenticated encryption as "Prohibited" (IANA JOSE algorithms). */
const FORBIDDEN: Readonly<Record<string, string>> = {
  RSA1_5: t`RSAES-PKCS1-v1_5 can be decrypted by asking who has the key often enough (RFC 8725 §3.2).`,
  RS1: t`RSASSA-PKCS1-v1_5 with SHA-1: two tokens with one signature can be made.`,
  HS1: t`HMAC with SHA-1, which is prohibited for JOSE.`,
  A128CBC: t`AES in CBC mode without authentication: who changes it on the way is not found out.`,
  A192CBC: t`AES in CBC mode without authentication: who changes it on the way is not found out.`,
  A256CBC: t`AES in CBC mode without authentication: who changes it on the way is not found out.`,
  A128CTR: t`AES in CTR mode without authentication: who changes it on the way is not found out.`,
  A192CTR: t`AES in CTR mode without authentication: who changes it on the way is not found out.`,
  A256CTR: t`AES in CTR mode without authentication: who changes it on the way is not found out.`,
};

/** A token protected by an algorithm that protects no longer. */
export const forbiddenAlgorithm: Rule = {
  id: 'forbidden-algorithm',
  severity: 'warning',
  title: t`Token with an algorithm that must not be used any more`,
  why: t`What the algorithm protects can be forged or read with means that are at hand. A receiver that takes such tokens takes forged ones.`,
  fix: t`Have the issuer sign with ES256, EdDSA, PS256 or RS256, and encrypt with ECDH-ES or RSA-OAEP-256; in receivers, list the algorithms that are accepted.`,
  references: [
    { title: 'RFC 8725 §3.2', url: 'https://www.rfc-editor.org/rfc/rfc8725#section-3.2' },
    { title: 'RFC 7518 §8.3', url: 'https://www.rfc-editor.org/rfc/rfc7518#section-8.3' },
  ],
  judge: ({ token, request }) => {
    if (token.form !== 'jwt' && token.form !== 'jwe') return { outcome: 'inapplicable' };
    const alg = stringMember(token.header, 'alg');
    // Of "none", `unsecured-jwt` speaks.
    if (alg === null || alg.toLowerCase() === 'none') return { outcome: 'inapplicable' };
    const used = [alg, token.form === 'jwe' ? stringMember(token.header, 'enc') : null];
    const forbidden = used.find((name) => name !== null && Object.hasOwn(FORBIDDEN, name));
    if (forbidden != null) {
      return {
        outcome: 'failed',
        what: t`A token that uses ${forbidden} was sent to ${request.destination.host}.`,
        evidence: [FORBIDDEN[forbidden] ?? ''],
      };
    }
    if (token.classification.kind === 'dpop_proof' && alg.startsWith('HS')) {
      return {
        outcome: 'failed',
        what: t`A DPoP proof with the symmetric algorithm ${alg} was sent to ${request.destination.host}.`,
        evidence: [t`A proof is signed with a private key, whose public key it bears (RFC 9449 §4.2).`],
      };
    }
    const isKnown = token.form === 'jwt' ? SIGNATURES.test(alg) : ENCRYPTIONS.test(alg);
    return isKnown
      ? { outcome: 'passed' }
      : {
          outcome: 'cantTell',
          because: t`Its header names the algorithm "${alg.slice(0, 64)}", of which nothing is known here.`,
        };
  },
};
