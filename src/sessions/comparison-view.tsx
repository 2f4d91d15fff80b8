import type { ComparedFinding } from '../core/report/compare-reports.ts';
import { Icon } from '../panel/components/icon.tsx';
import { inOrder } from '../panel/components/in-order.tsx';
import { line } from '../panel/plain-text.ts';
import { SESSION_WORDS } from '../panel/session-words.ts';
import { formatNumber } from '../panel/words.ts';
import type { SessionsStore, View } from './store.ts';

const WORDS = SESSION_WORDS.page;

const CHANGES: readonly ComparedFinding['change'][] = ['new', 'still', 'fixed'];
const CHANGE_WORDS = { new: WORDS.fresh, still: WORDS.still, fixed: WORDS.fixed } as const;

/** Two sessions: what is new or worse, what is still there, what was fixed, by rule, endpoint and parties. */
export function ComparisonView({
  store,
  comparison: { before, after, findings },
}: {
  readonly store: SessionsStore;
  readonly comparison: Extract<View, { view: 'comparison' }>;
}) {
  return (
    <section class="session-detail" data-comparison aria-label={WORDS.compare}>
      <div class="session-head">
        <h2>{inOrder(line(WORDS.compared(before.name, after.name)))}</h2>
        <button type="button" class="button" data-action="swap" onClick={store.swap}>
          {WORDS.swap}
        </button>
        <button
          type="button"
          class="tool"
          aria-label={WORDS.close}
          title={WORDS.close}
          onClick={() => void store.open(null)}
        >
          <Icon name="close" />
        </button>
      </div>
      {CHANGES.map((change) => {
        const own = findings.filter((finding) => finding.change === change);
        return (
          <div key={change} data-change={change} data-count={own.length}>
            <h3>
              {CHANGE_WORDS[change]} <span class="muted">{formatNumber(own.length)}</span>
            </h3>
            {own.length === 0 ? (
              <p class="muted">{WORDS.nothing}</p>
            ) : (
              <ul class="rules">
                {own.map((finding) => (
                  <ComparedLine key={JSON.stringify(finding.identity)} finding={finding} />
                ))}
              </ul>
            )}
          </div>
        );
      })}
    </section>
  );
}

function ComparedLine({ finding }: { readonly finding: ComparedFinding }) {
  const { identity, title, outcome, severity, before, after, change } = finding;
  // A token for another API is another problem, at the same endpoint.
  const parties = identity.parties.filter((party) => party !== '');
  const tone = outcome === 'failed' ? severity : 'cantTell';
  return (
    <li data-rule={identity.ruleId} data-outcome={outcome}>
      <span class="verdict" data-tone={change === 'fixed' ? 'passed' : tone}>
        <Icon name={change === 'fixed' ? 'passed' : tone} />
        <span class="unseen">{CHANGE_WORDS[change]}</span>
      </span>{' '}
      <strong>{line(title)}</strong>{' '}
      {change !== 'fixed' && before > 0 && before !== after && (
        <span class="muted">
          {formatNumber(before)} → {formatNumber(after)}
        </span>
      )}
      <div class="muted place">
        <bdi dir="ltr">{line(`${identity.method} ${identity.endpoint}`)}</bdi>
        {parties.length > 0 && (
          <>
            {' · '}
            <bdi>{inOrder(line(parties.join(' · ')))}</bdi>
          </>
        )}
      </div>
    </li>
  );
}
