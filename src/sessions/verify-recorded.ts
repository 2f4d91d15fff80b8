import type { Audit } from '../core/audit.ts';
import { stringMember } from '../core/syntax/json.ts';
import { t } from '../core/text.ts';
import { isWaiting } from '../core/verdict.ts';
import { verifySignature } from '../core/verify/signature.ts';
import type { RecordedKeys } from '../observe/recorded-keys.ts';

const NOT_RECORDED = t`Its issuer's keys are not in the recording, and no connection was opened.`;

/** Checks signatures with the key sets that a recording itself holds. Opens no connection. */
export async function verifyRecorded(audit: Audit, keys: RecordedKeys): Promise<void> {
  const tokens = new Map(
    audit
      .reportFacts()
      .exchanges.flatMap((one) => one.tokens.map(({ token }) => [token.fingerprint, token] as const)),
  );
  for (const token of tokens.values()) {
    const { signature } = token;
    if (token.form !== 'jwt' || signature.status !== 'unverifiable' || !isWaiting(signature)) continue;
    const raw = audit.tokenRecord(token.fingerprint)?.raw;
    const issuer = stringMember(token.claims, 'iss');
    if (raw === undefined || issuer === null) continue;
    // Google's ID tokens may name their issuer without a scheme.
    const metadata = audit.knowledge.metadata(
      issuer === 'accounts.google.com' ? `https://${issuer}` : issuer,
    );
    const keySet = keys.of(metadata);
    const found =
      metadata !== null && keySet !== null
        ? ({ status: 'found', metadata, keySet, from: 'recording' } as const)
        : ({ status: 'unreachable', text: NOT_RECORDED } as const);
    // Why an issuer could not be asked at all says more than that its keys are not here.
    if (found.status === 'unreachable' && signature.reason !== 'not_checked_yet') continue;
    audit.setSignature(token.fingerprint, await verifySignature(raw, token, found));
  }
}
