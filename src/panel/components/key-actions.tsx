import { useState } from 'preact/hooks';
import type { UnverifiableReason } from '../../core/model/token.ts';
import type { TokenView } from '../../core/model/view.ts';
import { line } from '../plain-text.ts';
import { VERIFICATION } from '../verification-words.ts';
import { inOrder } from './in-order.tsx';
import { usePanel } from './panel-context.ts';

/** States that keys of a person's own may change. */
const KEYS_HELP: ReadonlySet<UnverifiableReason> = new Set([
  'issuer_missing',
  'issuer_unknown',
  'issuer_not_approved',
  'issuer_unreachable',
  'no_matching_key',
]);
const ASKING_AGAIN_HELPS: ReadonlySet<UnverifiableReason> = new Set([
  'issuer_unreachable',
  'no_matching_key',
]);

/** What a person can do about a signature that could not be checked: one click, or keys of their own. */
export function KeyActions({ token }: { readonly token: TokenView }) {
  const { keys } = usePanel();
  const { signature, issuer, header } = token;
  if (signature.status !== 'unverifiable' && signature.status !== 'invalid') return null;
  const reason = signature.status === 'unverifiable' ? signature.reason : null;
  const isSymmetric = /^"HS\d/.test(header.find(({ name }) => name === 'alg')?.json ?? '');
  const mayGive = isSymmetric
    ? reason === 'symmetric' || reason === 'key_rejected'
    : reason !== null && KEYS_HELP.has(reason);
  return (
    <div class="key-actions">
      {reason === 'issuer_not_approved' && issuer !== null && (
        <p>
          <button
            type="button"
            class="button"
            data-action="approve-issuer"
            onClick={() => keys.approveIssuer(issuer)}
          >
            <bdi>{inOrder(VERIFICATION.fetchFrom(line(issuer)))}</bdi>
          </button>{' '}
          <span class="muted">{VERIFICATION.fetchHint}</span>
        </p>
      )}
      {(reason === null || ASKING_AGAIN_HELPS.has(reason)) && issuer !== null && (
        <p>
          <button
            type="button"
            class="button"
            data-action="check-again"
            onClick={() => keys.checkAgain(token.fingerprint)}
          >
            {VERIFICATION.again}
          </button>
        </p>
      )}
      {mayGive && <GiveKeys issuer={issuer} isSymmetric={isSymmetric} />}
    </div>
  );
}

/** Takes keys or a secret. What is written goes to the background and is not kept here. */
function GiveKeys({
  issuer,
  isSymmetric,
}: {
  readonly issuer: string | null;
  readonly isSymmetric: boolean;
}) {
  const { store, keys } = usePanel();
  const [text, setText] = useState('');
  const [isBase64, setIsBase64] = useState(false);
  const answer = store.keysTaken.value;
  const label = isSymmetric ? VERIFICATION.secret : VERIFICATION.keys;
  return (
    <details class="give-keys" data-part="give-keys">
      <summary>{isSymmetric ? VERIFICATION.giveSecret : VERIFICATION.give}</summary>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (isSymmetric) keys.giveSecret(issuer, text, isBase64 ? 'base64url' : 'text');
          else keys.giveKeys(issuer, text);
          setText('');
        }}
      >
        {isSymmetric ? (
          <input
            type="password"
            autocomplete="off"
            aria-label={label}
            placeholder={label}
            value={text}
            data-input="secret"
            onInput={(event) => setText(event.currentTarget.value)}
          />
        ) : (
          <textarea
            rows={4}
            spellcheck={false}
            aria-label={label}
            placeholder={label}
            value={text}
            data-input="keys"
            onInput={(event) => setText(event.currentTarget.value)}
          />
        )}
        {isSymmetric && (
          <label>
            <input
              type="checkbox"
              checked={isBase64}
              onChange={(event) => setIsBase64(event.currentTarget.checked)}
            />{' '}
            {VERIFICATION.encoding}
          </label>
        )}
        <button type="submit" class="button" data-action="give-keys">
          {VERIFICATION.check}
        </button>
        <p class="muted">{isSymmetric ? VERIFICATION.secretHint : VERIFICATION.keysHint}</p>
        {answer !== null && answer.issuer === issuer && (
          <p role="status" data-part="keys-taken">
            {answer.problem === null ? VERIFICATION.taken : VERIFICATION.refused(answer.problem)}
          </p>
        )}
      </form>
    </details>
  );
}
