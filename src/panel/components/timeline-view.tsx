import type { Login, LoginStep } from '../../core/model/timeline.ts';
import { line } from '../plain-text.ts';
import { clockTime, dateTime } from '../times.ts';
import { LOGIN_STATES, loginTitle, stepSentence, stepTerm, VIEW_WORDS } from '../view-words.ts';
import { Icon } from './icon.tsx';
import { inOrder } from './in-order.tsx';
import { usePanel } from './panel-context.ts';
import { Verdict } from './verdict.tsx';
import { viewPanel } from './view-tabs.tsx';

const SAID = VIEW_WORDS.timeline;

/** The logins of the tab, each as a sequence of steps that opens its requests. The newest stands first. */
export function TimelineView() {
  const timeline = usePanel().views.timeline.value;
  return (
    <div {...viewPanel('timeline')} class="view timeline" tabIndex={-1} data-loaded={timeline !== null}>
      {timeline === null && <p class="muted loading">{SAID.loading}</p>}
      {timeline?.logins.length === 0 && (
        <div class="empty">
          <p class="empty-title">{SAID.empty}</p>
          <p>{SAID.emptyHelp}</p>
        </div>
      )}
      {timeline?.logins.toReversed().map((login) => (
        <LoginPart key={login.id} login={login} />
      ))}
      {timeline !== null && timeline.leftOff > 0 && <p class="muted">{SAID.older(timeline.leftOff)}</p>}
    </div>
  );
}

function LoginPart({ login }: { readonly login: Login }) {
  const state = LOGIN_STATES[login.state];
  const [first] = login.steps;
  return (
    <section class="login" data-login={login.clientId ?? ''} data-state={login.state}>
      <h2>
        <bdi>{inOrder(line(loginTitle(login)))}</bdi>
        {first !== undefined && <span class="muted"> {dateTime(first.at)}</span>}
      </h2>
      {state !== null && (
        <p class="login-state">
          <Icon name="notice" /> <span>{state}</span>
        </p>
      )}
      <ol class="steps" aria-label={SAID.steps}>
        {login.steps.map((step) => (
          <Step key={`${step.does} ${step.exchange} ${step.kinds.join()}`} step={step} login={login} />
        ))}
      </ol>
      {login.stepsLeftOff > 0 && <p class="muted">{SAID.more(login.stepsLeftOff)}</p>}
    </section>
  );
}

function Step({ step, login }: { readonly step: LoginStep; readonly login: Login }) {
  const { store, views } = usePanel();
  const isBad = step.verdict === 'error' || step.verdict === 'warning';
  return (
    <li class="step" data-step={step.does} data-tone={step.verdict ?? ''} data-count={step.count}>
      <span class="step-time">{clockTime(step.at)}</span>
      <span class="step-mark" aria-hidden="true" />
      <div class="step-body">
        <div class="step-head">
          <button
            type="button"
            class="step-open"
            title={SAID.open}
            data-exchange-of={step.exchange}
            onClick={() => {
              views.view.value = 'requests';
              store.reveal(step.exchange);
            }}
          >
            <bdi>{inOrder(line(stepSentence(step, login)))}</bdi>
            {step.count > 1 && <span class="count"> {VIEW_WORDS.times(step.count)}</span>}
          </button>
          {isBad && step.verdict !== null && <Verdict verdict={step.verdict} />}
        </div>
        <p class="step-term muted">
          <bdi>{inOrder(line(stepTerm(step)))}</bdi>
          {step.count > 1 && SAID.last(clockTime(step.lastAt) ?? '')}
        </p>
      </div>
    </li>
  );
}
