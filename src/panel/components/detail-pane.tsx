import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import type { AuditDetail } from '../../core/model/view.ts';
import { line } from '../plain-text.ts';
import { WORDS } from '../words.ts';
import { FindingCard } from './finding-card.tsx';
import { Icon } from './icon.tsx';
import { usePanel } from './panel-context.ts';
import { RequestPart } from './request-part.tsx';
import { Section } from './section.tsx';
import { TokenPart } from './token-part.tsx';
import { Untrusted } from './untrusted.tsx';
import { Verdict } from './verdict.tsx';

/** Everything about the chosen request, or that it is on its way, or gone. Escape goes back to the list. */
export function DetailPane({ selected }: { readonly selected: string }) {
  const { store } = usePanel();
  const pane = useRef<HTMLElement>(null);
  const body = useRef<HTMLDivElement>(null);
  const detail = store.detail.value;
  const focus = store.focus.value;

  useEffect(() => {
    if (focus?.on === 'detail') pane.current?.focus({ preventScroll: true });
  }, [focus]);

  // Another request is read from its beginning.
  useLayoutEffect(() => {
    if (body.current !== null) body.current.scrollTop = 0;
  }, [selected]);

  return (
    <section
      class="detail"
      ref={pane}
      tabIndex={-1}
      aria-label={WORDS.detail.label}
      data-detail={detail?.row.id ?? ''}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || event.altKey || event.ctrlKey || event.metaKey) return;
        event.preventDefault();
        // DevTools would open its drawer on Escape.
        event.stopPropagation();
        store.focus.value = { on: 'list' };
      }}
    >
      <div class="detail-head">
        <Heading selected={selected} detail={detail} />
        <button
          type="button"
          class="tool"
          data-action="close"
          title={WORDS.detail.close}
          aria-label={WORDS.detail.close}
          onClick={() => {
            store.select(null);
            store.focus.value = { on: 'list' };
          }}
        >
          <Icon name="close" />
        </button>
      </div>
      <div class="detail-body" ref={body}>
        {detail && <DetailBody detail={detail} />}
        {detail === null && <p class="muted">{WORDS.detail.gone}</p>}
        {detail === undefined && <p class="muted loading">{WORDS.detail.loading}</p>}
      </div>
    </section>
  );
}

/** The verdict in one sentence; before it came, the request as the list knows it. */
function Heading({
  selected,
  detail,
}: {
  readonly selected: string;
  readonly detail: AuditDetail | null | undefined;
}) {
  const { store } = usePanel();
  const row = detail?.row ?? store.row(selected);
  return (
    <div class="detail-title">
      {row !== undefined && <Verdict verdict={row.verdict} />}
      <h2>
        {detail ? (
          <Untrusted text={detail.summary} />
        ) : (
          row !== undefined && <bdi dir="ltr">{line(`${row.method} ${row.host}${row.path}`)}</bdi>
        )}
      </h2>
    </div>
  );
}

function DetailBody({ detail }: { readonly detail: AuditDetail }) {
  return (
    <>
      <Section name="findings" level={3} title={WORDS.detail.findings}>
        {detail.findings.length === 0 ? (
          <p class="muted">{WORDS.detail.noFindings}</p>
        ) : (
          detail.findings.map((finding, index) => (
            <FindingCard
              key={`${finding.ruleId} ${finding.token ?? ''}`}
              finding={finding}
              report={detail.reports[index] ?? ''}
            />
          ))
        )}
      </Section>
      <RequestPart detail={detail} />
      {detail.tokens.map((token, index) => (
        <TokenPart
          key={`${token.fingerprint} ${token.location} ${token.name}`}
          token={token}
          index={index}
          row={detail.row.id}
          at={detail.row.at}
        />
      ))}
    </>
  );
}
