import type { TokenView } from '../../core/model/view.ts';
import { VIEW_WORDS } from '../view-words.ts';
import { CONFIDENCES, EVIDENCE_SOURCES, KINDS, location, WORDS } from '../words.ts';
import { CheckList } from './check-list.tsx';
import { ClaimsTable } from './claims-table.tsx';
import { Countdown } from './countdown.tsx';
import { KeyActions } from './key-actions.tsx';
import { usePanel } from './panel-context.ts';
import { PassportPart } from './passport-part.tsx';
import { RawToken } from './raw-token.tsx';
import { Section } from './section.tsx';
import { Untrusted } from './untrusted.tsx';
import { Value } from './value.tsx';

export interface TokenPartProps {
  readonly token: TokenView;
  /** Which of the request's tokens it is, from 0. */
  readonly index: number;
  /** The row that is shown, and when its request was made (ms since the epoch). */
  readonly row: string;
  readonly at: number;
}

/** Everything about one token of the request. */
export function TokenPart({ token, index, row, at }: TokenPartProps) {
  const name = `token-${index}`;
  return (
    <Section
      name={name}
      level={3}
      title={
        <>
          {KINDS[token.classification.kind]}{' '}
          <span class="muted">
            <Untrusted text={location(token.location, token.name, token.scheme)} />
          </span>
        </>
      }
    >
      <Section name="kind" level={4} title={WORDS.token.kind}>
        <KindEvidence token={token} row={row} />
      </Section>
      <Section name="checks" level={4} title={WORDS.token.checks}>
        <CheckList token={token} />
        {token.expiresAt !== undefined && (
          <p class="muted">
            <Countdown expiresAt={token.expiresAt} />
          </p>
        )}
        <KeyActions token={token} />
      </Section>
      <Section name="identity" level={4} title={WORDS.token.identity}>
        <Identity token={token} />
      </Section>
      <Section name="passport" level={4} title={VIEW_WORDS.passport.title}>
        <PassportPart token={token} here={row} />
      </Section>
      {token.unreadable !== null && (
        <Section name="unreadable" level={4} title={WORDS.token.unreadable}>
          <p>
            <Untrusted text={token.unreadable} />
          </p>
        </Section>
      )}
      {token.claims.length > 0 && (
        <Section name="claims" level={4} title={WORDS.token.claims}>
          <ClaimsTable label={WORDS.token.claims} claims={token.claims} at={at} />
        </Section>
      )}
      {token.header.length > 0 && (
        <Section name="header" level={4} title={WORDS.token.header}>
          <ClaimsTable label={WORDS.token.header} claims={token.header} at={at} />
        </Section>
      )}
      <Section name="raw" level={4} title={VIEW_WORDS.raw.title}>
        <RawToken key={token.fingerprint} token={token.fingerprint} />
      </Section>
    </Section>
  );
}

function KindEvidence({ token, row }: { readonly token: TokenView; readonly row: string }) {
  const { store } = usePanel();
  const { kind, confidence, evidence } = token.classification;
  return (
    <>
      <p data-kind={kind} data-confidence={confidence}>
        <strong>{KINDS[kind]}</strong> <span class="muted">({CONFIDENCES[confidence]})</span>
      </p>
      <ul class="evidence">
        {evidence.map((item) => {
          const { exchange } = item;
          return (
            <li key={`${item.source} ${item.text}`}>
              <span class="evidence-source">{EVIDENCE_SOURCES[item.source]}:</span>{' '}
              <Value
                text={item.text}
                what={EVIDENCE_SOURCES[item.source]}
                copied={`${EVIDENCE_SOURCES[item.source]}: ${item.text}`}
              />
              {item.says !== kind && <span class="muted"> {WORDS.token.says(KINDS[item.says])}</span>}
              {exchange !== null && exchange !== row && store.row(exchange) !== undefined && (
                <>
                  {' '}
                  <button type="button" class="link-button" onClick={() => store.reveal(exchange)}>
                    {WORDS.token.see}
                  </button>
                </>
              )}
            </li>
          );
        })}
      </ul>
    </>
  );
}

function Identity({ token }: { readonly token: TokenView }) {
  const entries = [
    { name: WORDS.token.issuer, values: token.issuer === null ? [] : [token.issuer] },
    { name: WORDS.token.audience, values: token.audiences },
    { name: WORDS.token.client, values: token.clientId === null ? [] : [token.clientId] },
    { name: WORDS.token.scope, values: token.scope },
    { name: WORDS.token.fingerprint, values: [token.fingerprint] },
  ];
  return (
    <dl class="pairs">
      {entries.map(({ name, values }) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd class="code">
            {values.length === 0 ? (
              <span class="muted">{WORDS.token.none}</span>
            ) : (
              values.map((value) => (
                <div key={value}>
                  <Value text={value} what={name} />
                </div>
              ))
            )}
          </dd>
        </div>
      ))}
    </dl>
  );
}
