import type { PassportHost, Renewal } from '../../core/model/passport.ts';
import type { Place, TokenView } from '../../core/model/view.ts';
import { line } from '../plain-text.ts';
import { clockTime } from '../times.ts';
import { DESTINATION_ROLES, VIEW_WORDS } from '../view-words.ts';
import { formatNumber, VERDICTS, WORDS } from '../words.ts';
import { CopyButton } from './copy-button.tsx';
import { Filled, SLOT } from './filled.tsx';
import { Icon } from './icon.tsx';
import { usePanel } from './panel-context.ts';
import { Verdict } from './verdict.tsx';

const SAID = VIEW_WORDS.passport;

/** The life of a token: where it was issued and as what, what renewed it, and every host that it was sent to. */
export function PassportPart({ token, here }: { readonly token: TokenView; readonly here: string }) {
  const { passport, issuedIn, usedIn, usedInTotal } = token;
  return (
    <dl class="passport">
      <div class="stamp" data-part="issued-in">
        <dt>{SAID.issued}</dt>
        <dd>
          {issuedIn === null ? (
            <span class="muted">{SAID.notSeen}</span>
          ) : passport.issuedAs === null ? (
            <PlaceLine place={issuedIn} here={here} />
          ) : (
            <Filled text={SAID.issuedAs(passport.issuedAs, SLOT)} tone="muted">
              <PlaceLine place={issuedIn} here={here} />
            </Filled>
          )}
        </dd>
      </div>
      {passport.replaces !== null && <Renewed said={SAID.replaces} renewal={passport.replaces} here={here} />}
      {passport.replacedBy !== null && (
        <Renewed said={SAID.replacedBy} renewal={passport.replacedBy} here={here} />
      )}
      <div class="stamp" data-part="used-in">
        <dt>{SAID.sentTo}</dt>
        <dd>
          {passport.hosts.length === 0 ? (
            <span class="muted">{SAID.nowhere}</span>
          ) : (
            <ul class="visits">
              {passport.hosts.map((host) => (
                <Visit key={host.host} visit={host} />
              ))}
            </ul>
          )}
          {passport.hostsTotal > passport.hosts.length && (
            <p class="muted">{SAID.more(passport.hostsTotal - passport.hosts.length)}</p>
          )}
          {usedInTotal > passport.counted && (
            <p class="muted">{SAID.countedOf(passport.counted, usedInTotal)}</p>
          )}
          {usedIn.length > 0 && (
            <details class="each">
              <summary>{SAID.each}</summary>
              <ul class="places">
                {usedIn.map((place) => (
                  <li key={place.row ?? `${place.at} ${place.method} ${place.host}${place.path}`}>
                    <PlaceLine place={place} here={here} />
                  </li>
                ))}
              </ul>
              {usedInTotal > usedIn.length && <p class="muted">{SAID.firstOf(usedIn.length, usedInTotal)}</p>}
            </details>
          )}
        </dd>
      </div>
    </dl>
  );
}

function Renewed({
  said,
  renewal,
  here,
}: {
  readonly said: string;
  readonly renewal: Renewal;
  readonly here: string;
}) {
  return (
    <div class="stamp">
      <dt>{said}</dt>
      <dd>
        <span class="code">{SAID.token(renewal.token)}</span>{' '}
        <CopyButton text={renewal.token} what={WORDS.token.fingerprint} />
        <PlaceLine place={renewal.place} here={here} />
      </dd>
    </div>
  );
}

function Visit({ visit }: { readonly visit: PassportHost }) {
  const { store } = usePanel();
  const { row, verdicts } = visit;
  const [worst] = verdicts;
  const host = <bdi dir="ltr">{line(visit.host)}</bdi>;
  return (
    <li class="visit" data-host={visit.host} data-verdict={worst?.verdict ?? ''} data-count={visit.count}>
      <span class="visit-where">
        {row === null ? (
          host
        ) : (
          <button type="button" class="link-button" onClick={() => store.reveal(row)}>
            {host}
          </button>
        )}{' '}
        <CopyButton text={visit.host} what={line(visit.host)} />{' '}
        <span class="muted">{SAID.visits(DESTINATION_ROLES[visit.role], visit.count)}</span>
      </span>
      <span class="visit-verdicts">
        {verdicts.map(({ verdict, count }) => (
          <span key={verdict} class="verdict" data-tone={verdict}>
            <Icon name={verdict} />
            <span class="word">
              {VERDICTS[verdict]}
              {verdicts.length > 1 && ` ${formatNumber(count)}`}
            </span>
          </span>
        ))}
      </span>
    </li>
  );
}

function PlaceLine({ place, here }: { readonly place: Place; readonly here: string }) {
  const { store } = usePanel();
  const { row } = place;
  const request = (
    <>
      <bdi dir="ltr">
        {line(place.method)} {line(`${place.host}${place.path}`)}
      </bdi>
    </>
  );
  return (
    <span class="place">
      <span class="place-time">{clockTime(place.at)}</span>
      <span class="place-request">
        {row === null || row === here ? (
          request
        ) : (
          <button type="button" class="link-button" data-place={row} onClick={() => store.reveal(row)}>
            {request}
          </button>
        )}
        {row === here && <span class="here"> {WORDS.token.here}</span>}
      </span>
      {place.verdict !== null && <Verdict verdict={place.verdict} />}
    </span>
  );
}
