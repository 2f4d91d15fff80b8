import type { Finding, Reference, SdkFix } from '../../core/model/finding.ts';
import { linkTarget, visible } from '../plain-text.ts';
import { VIEW_WORDS } from '../view-words.ts';
import { SEVERITIES, VERDICTS, WORDS } from '../words.ts';
import { CopyButton } from './copy-button.tsx';
import { Icon } from './icon.tsx';
import { Untrusted } from './untrusted.tsx';
import { Value } from './value.tsx';

/** What one rule found: what happened, why it matters, what to do, and on what evidence. */
export function FindingCard({
  finding,
  report,
}: {
  readonly finding: Finding;
  /** The finding as a bug report in Markdown. */
  readonly report: string;
}) {
  const undecided = finding.outcome === 'cantTell';
  const { accepted } = finding;
  const tone = accepted !== undefined ? 'accepted' : undecided ? 'cantTell' : finding.severity;
  const word = tone === 'accepted' || tone === 'cantTell' ? VERDICTS[tone] : SEVERITIES[tone];
  return (
    <article class="finding" data-tone={tone} data-rule={finding.ruleId} data-outcome={finding.outcome}>
      <h4 class="finding-title">
        <span class="verdict" data-tone={tone}>
          <Icon name={tone} />
          <span class="word">{word}</span>
        </span>
        <span class="title">
          <Untrusted text={finding.title} />
        </span>
      </h4>
      <p class="what">
        <Untrusted text={finding.what} />
      </p>
      {accepted !== undefined && (
        <p class="accepted">
          <Untrusted text={WORDS.detail.accepted(accepted.reason, accepted.until)} />
        </p>
      )}
      <dl class="finding-parts">
        {finding.why !== '' && (
          <>
            <dt>{WORDS.detail.why}</dt>
            <dd>
              <Untrusted text={finding.why} />
            </dd>
          </>
        )}
        {finding.fix !== '' && (
          <>
            <dt>{WORDS.detail.fix}</dt>
            <dd>
              <Untrusted text={finding.fix} />
            </dd>
          </>
        )}
        {finding.fixFor !== undefined && <SdkFixPart fix={finding.fixFor} />}
        {finding.evidence.length > 0 && (
          <>
            <dt>{WORDS.detail.evidence}</dt>
            <dd>
              <ul>
                {finding.evidence.map((text, index) => (
                  <li key={text}>
                    <Value text={text} what={`${WORDS.detail.evidence} ${index + 1}`} />
                  </li>
                ))}
              </ul>
            </dd>
          </>
        )}
        {finding.references.length > 0 && (
          <>
            <dt>{WORDS.detail.references}</dt>
            <dd>
              <ul>
                {finding.references.map((reference) => (
                  <li key={reference.url}>
                    <ReferenceLink reference={reference} />
                  </li>
                ))}
              </ul>
            </dd>
          </>
        )}
        <dt>{WORDS.detail.rule}</dt>
        <dd class="code">
          <Value text={finding.ruleId} what={WORDS.detail.rule} />
        </dd>
      </dl>
      <p class="finding-actions">
        <CopyButton text={report} label={VIEW_WORDS.copyReport} />
      </p>
    </article>
  );
}

/** What to change in the client library that is in use, with a sample that copies. */
function SdkFixPart({ fix }: { readonly fix: SdkFix }) {
  return (
    <>
      <dt>{VIEW_WORDS.fixIn(fix.sdk)}</dt>
      <dd data-sdk={fix.sdk}>
        <p>
          <Untrusted text={fix.text} />
        </p>
        {fix.code !== null && (
          <div class="sample">
            <pre class="code">{fix.code.split('\n').map(visible).join('\n')}</pre>
            <CopyButton text={fix.code} what={VIEW_WORDS.sample} />
          </div>
        )}
        <p class="muted">
          <Untrusted text={fix.because} />
        </p>
      </dd>
    </>
  );
}

function ReferenceLink({ reference }: { readonly reference: Reference }) {
  const target = linkTarget(reference.url);
  if (target === null) return <Untrusted text={reference.title} />;
  return (
    <a href={target} target="_blank" rel="noreferrer noopener">
      <Untrusted text={reference.title} />
      <span class="unseen"> {WORDS.detail.opensInNewTab}</span>
    </a>
  );
}
