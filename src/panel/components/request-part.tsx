import type { AuditDetail } from '../../core/model/view.ts';
import { line } from '../plain-text.ts';
import { dateTime, isoTime } from '../times.ts';
import { WORDS } from '../words.ts';
import { Section } from './section.tsx';
import { Untrusted } from './untrusted.tsx';
import { Value } from './value.tsx';

/** The request itself: where it went, as what that is held, and who sent it. */
export function RequestPart({ detail }: { readonly detail: AuditDetail }) {
  const { request, row } = detail;
  return (
    <Section name="request" level={3} title={WORDS.detail.request}>
      <dl class="pairs">
        <div>
          <dt>{WORDS.detail.url}</dt>
          <dd class="code">
            <bdi dir="ltr">{line(request.method)}</bdi> <Value text={request.url} what={WORDS.detail.url} />
          </dd>
        </div>
        <div>
          <dt>{WORDS.detail.sentTo}</dt>
          <dd>
            <span class="code">
              <Value text={request.role} what={WORDS.detail.sentTo} />
            </span>
            {request.because !== '' && (
              <span class="muted">
                {' '}
                (<Untrusted text={request.because} />)
              </span>
            )}
          </dd>
        </div>
        <div>
          <dt>{WORDS.detail.initiator}</dt>
          <dd>
            {request.initiator === null ? (
              <span class="muted">{WORDS.detail.nobody}</span>
            ) : (
              <span class="code">
                <Value text={request.initiator} what={WORDS.detail.initiator} />
              </span>
            )}
          </dd>
        </div>
        <div>
          <dt>{WORDS.detail.status}</dt>
          <dd>{row.status ?? <span class="muted">{WORDS.pending}</span>}</dd>
        </div>
        <div>
          <dt>{WORDS.detail.time}</dt>
          <dd>
            <Value text={dateTime(row.at) ?? ''} what={WORDS.detail.time} copied={isoTime(row.at)} />
          </dd>
        </div>
      </dl>
    </Section>
  );
}
