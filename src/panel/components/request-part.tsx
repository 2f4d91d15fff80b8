import type { AuditDetail } from '../../core/model/view.ts';
import { dateTime } from '../times.ts';
import { WORDS } from '../words.ts';
import { Section } from './section.tsx';
import { Untrusted } from './untrusted.tsx';

/** The request itself: where it went, as what that is held, and who sent it. */
export function RequestPart({ detail }: { readonly detail: AuditDetail }) {
  const { request, row } = detail;
  return (
    <Section name="request" level={3} title={WORDS.detail.request}>
      <dl class="pairs">
        <div>
          <dt>{WORDS.detail.url}</dt>
          <dd class="code">
            <Untrusted text={`${request.method} ${request.url}`} />
          </dd>
        </div>
        <div>
          <dt>{WORDS.detail.sentTo}</dt>
          <dd>
            <span class="code">
              <Untrusted text={request.role} />
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
                <Untrusted text={request.initiator} />
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
          <dd>{dateTime(row.at)}</dd>
        </div>
      </dl>
    </Section>
  );
}
