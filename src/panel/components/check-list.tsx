import type { Check, Outcome, SignatureState } from '../../core/model/token.ts';
import type { TokenView } from '../../core/model/view.ts';
import { VERIFICATION } from '../verification-words.ts';
import { CHECKS, OUTCOMES, signature } from '../words.ts';
import { Icon, type IconName } from './icon.tsx';
import { Value } from './value.tsx';

const ICONS: Readonly<Record<Outcome, IconName>> = {
  passed: 'passed',
  failed: 'error',
  cantTell: 'cantTell',
  inapplicable: 'inapplicable',
};

const TONES: Readonly<Record<SignatureState['status'], Outcome>> = {
  verified: 'passed',
  invalid: 'failed',
  unsecured: 'failed',
  unverifiable: 'cantTell',
};

/** The signature's state in words, and the checks line by line. */
export function CheckList({ token }: { readonly token: TokenView }) {
  return (
    <>
      <p class="signature" data-signature={token.signature.status}>
        <span class="outcome" data-tone={TONES[token.signature.status]}>
          <Icon name={ICONS[TONES[token.signature.status]]} />
        </span>
        <span>
          <Value text={signature(token.signature)} what={CHECKS.signature} />
        </span>
      </p>
      <p class="muted">{VERIFICATION.disclaimer}</p>
      {token.checks.length > 0 && (
        <ul class="checks">
          {token.checks.map((check) => (
            <li key={check.id} data-check={check.id} data-outcome={check.outcome}>
              <span class="outcome" data-tone={check.outcome}>
                <Icon name={ICONS[check.outcome]} />
                <span class="word">{OUTCOMES[check.outcome]}</span>
              </span>
              <span class="check-name">{CHECKS[check.id]}</span>
              <span class="check-text">
                <Value text={check.text} what={CHECKS[check.id]} copied={lineOf(check)} />
              </span>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

/** What is copied of a check: the whole of its line. */
function lineOf({ id, outcome, text }: Check): string {
  return `${CHECKS[id]}: ${OUTCOMES[outcome]}. ${text}`.trim();
}
