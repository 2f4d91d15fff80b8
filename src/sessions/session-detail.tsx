import { useSignal } from '@preact/signals';
import type { AuditReport, ReportFinding } from '../core/model/report.ts';
import type { RecordedSession } from '../core/model/session.ts';
import { Icon } from '../panel/components/icon.tsx';
import { line } from '../panel/plain-text.ts';
import { formatDateTime, formatDuration, formatTime, SESSION_WORDS } from '../panel/session-words.ts';
import { formatNumber, SEVERITIES, UNSEEN, VERDICTS } from '../panel/words.ts';
import { download } from './download.ts';
import { EXPORT_FORMATS } from './formats.ts';
import { durationOf } from './session-list.tsx';
import type { SessionsStore } from './store.ts';

const WORDS = SESSION_WORDS.page;

interface DetailProps {
  readonly store: SessionsStore;
  readonly session: RecordedSession;
  readonly report: AuditReport;
}

/** One session: what was found, what was noted, what was not seen; and what can be done with it. */
export function SessionDetail({ store, session, report }: DetailProps) {
  return (
    <section class="session-detail" data-detail={session.id} aria-label={line(session.name)}>
      <Head store={store} session={session} report={report} />
      <p class="muted">
        {formatDateTime(session.startedAt)} · {formatDuration(durationOf(session))} ·{' '}
        {WORDS.ofWhich(report.coverage.exchanges, report.coverage.withToken)}
      </p>
      <p class="exports">
        <span class="muted">{WORDS.export}</span>
        {EXPORT_FORMATS.map((format) => (
          <button
            type="button"
            class="button"
            key={format.id}
            data-export={format.id}
            onClick={() => download(report, format)}
          >
            {format.label}
          </button>
        ))}
      </p>
      <h3>{WORDS.findings}</h3>
      <Findings report={report} />
      <h3>{WORDS.steps}</h3>
      <Steps session={session} />
      <h3>{WORDS.coverage}</h3>
      <Coverage report={report} />
    </section>
  );
}

function Head({ store, session, report }: DetailProps) {
  const name = useSignal<string | null>(null);
  const isSure = useSignal(false);
  if (name.value !== null) {
    return (
      <form
        class="session-head"
        onSubmit={(event) => {
          event.preventDefault();
          store.rename(session.id, name.value ?? report.session.name);
          name.value = null;
        }}
      >
        <h2 class="unseen">{line(session.name)}</h2>
        <label class="field">
          <span class="unseen">{SESSION_WORDS.name}</span>
          <input
            type="text"
            name="rename"
            maxLength={200}
            value={name.value}
            ref={(input) => input?.focus()}
            onInput={({ currentTarget }) => {
              name.value = currentTarget.value;
            }}
          />
        </label>
        <button type="submit" class="button primary" data-action="save-name">
          {WORDS.save}
        </button>
        <button
          type="button"
          class="button"
          onClick={() => {
            name.value = null;
          }}
        >
          {WORDS.cancel}
        </button>
      </form>
    );
  }
  return (
    <div class="session-head">
      <h2>
        <bdi>{line(session.name)}</bdi>
      </h2>
      <button
        type="button"
        class="button"
        data-action="rename"
        onClick={() => {
          name.value = session.name;
        }}
      >
        {WORDS.rename}
      </button>
      {isSure.value ? (
        <>
          <button
            type="button"
            class="button danger"
            data-action="really-delete"
            onClick={() => {
              store.remove(session.id);
              void store.open(null);
            }}
          >
            {WORDS.reallyDelete}
          </button>
          <button
            type="button"
            class="button"
            onClick={() => {
              isSure.value = false;
            }}
          >
            {WORDS.cancel}
          </button>
        </>
      ) : (
        <button
          type="button"
          class="button"
          data-action="delete"
          onClick={() => {
            isSure.value = true;
          }}
        >
          {WORDS.delete}
        </button>
      )}
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
  );
}

/** Shown places of one rule; the export has all. */
const MAX_PLACES = 8;

function Findings({ report }: { readonly report: AuditReport }) {
  const rules = new Map<string, ReportFinding[]>();
  for (const finding of report.findings) {
    const how = finding.accepted === undefined ? finding.outcome : 'accepted';
    const key = `${how} ${finding.severity} ${finding.ruleId}`;
    const own = rules.get(key) ?? [];
    rules.set(key, own);
    own.push(finding);
  }
  if (rules.size === 0) return <p class="muted">{WORDS.noFindings}</p>;
  const exchanges = new Map(report.exchanges.map((exchange) => [exchange.id, exchange]));
  const order = ['failed error', 'failed warning', 'failed notice', 'accepted', 'cantTell'];
  const rank = (key: string) => order.findIndex((start) => key.startsWith(start));
  return (
    <ul class="rules">
      {[...rules]
        .sort(([a], [b]) => rank(a) - rank(b))
        .map(([key, findings]) => {
          const [first] = findings;
          if (first === undefined) return null;
          const tone =
            first.accepted !== undefined
              ? 'accepted'
              : first.outcome === 'failed'
                ? first.severity
                : 'cantTell';
          const places = [
            ...new Set(
              findings.map(({ exchange }) => {
                const at = exchanges.get(exchange);
                return at === undefined ? exchange : `${at.method} ${at.url.replace(/[?#].*$/s, '')}`;
              }),
            ),
          ];
          return (
            <li key={key} data-rule={first.ruleId} data-outcome={first.outcome}>
              <span class="verdict" data-tone={tone}>
                <Icon name={tone} />
                {tone === 'cantTell' || tone === 'accepted' ? VERDICTS[tone] : SEVERITIES[tone]}
              </span>{' '}
              <strong>{line(first.title)}</strong>{' '}
              <span class="muted">× {formatNumber(findings.length)}</span>
              <ul class="places">
                {places.slice(0, MAX_PLACES).map((place) => (
                  <li key={place}>
                    <bdi dir="ltr">{line(place)}</bdi>
                  </li>
                ))}
                {places.length > MAX_PLACES && <li>… {formatNumber(places.length - MAX_PLACES)}</li>}
              </ul>
            </li>
          );
        })}
    </ul>
  );
}

function Steps({ session: { steps } }: { readonly session: RecordedSession }) {
  if (steps.length === 0) return <p class="muted">{WORDS.noSteps}</p>;
  return (
    <ol class="steps">
      {steps.map(({ at, kind, note }, index) => (
        <li key={index} data-kind={kind ?? 'note'}>
          <time dateTime={at} class="muted">
            {formatTime(Date.parse(at))}
          </time>{' '}
          <bdi>{line(note)}</bdi>
        </li>
      ))}
    </ol>
  );
}

function Coverage({ report }: { readonly report: AuditReport }) {
  const { unseen } = report.coverage;
  if (unseen.length === 0) return <p class="muted">{WORDS.requests(report.coverage.exchanges)}</p>;
  return (
    <ul class="unseen-list">
      {unseen.map(({ reason, count, during = [] }) => (
        <li key={reason} data-reason={reason}>
          <strong>{formatNumber(count)}</strong> {UNSEEN[reason]}
          {during.length > 0 && (
            <ul class="places">
              {during.slice(0, MAX_PLACES).map(({ from, to }) => (
                <li key={from}>{WORDS.gap(formatTime(Date.parse(from)), formatTime(Date.parse(to)))}</li>
              ))}
            </ul>
          )}
        </li>
      ))}
    </ul>
  );
}
