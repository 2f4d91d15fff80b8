import type { Place, TokenView } from '../../core/model/view.ts';
import { line } from '../plain-text.ts';
import { clockTime } from '../times.ts';
import { WORDS } from '../words.ts';
import { usePanel } from './panel-context.ts';
import { Verdict } from './verdict.tsx';

/** The response that issued a token, and every request that carried it. */
export function Journey({ token, here }: { readonly token: TokenView; readonly here: string }) {
  return (
    <dl class="journey">
      <dt>{WORDS.token.issuedIn}</dt>
      <dd data-part="issued-in">
        {token.issuedIn === null ? (
          <span class="muted">{WORDS.token.notSeenIssued}</span>
        ) : (
          <PlaceLine place={token.issuedIn} here={here} />
        )}
      </dd>
      <dt>{WORDS.token.usedIn}</dt>
      <dd data-part="used-in">
        {token.usedIn.length === 0 ? (
          <span class="muted">{WORDS.token.nowhere}</span>
        ) : (
          <ul class="places">
            {token.usedIn.map((place) => (
              <li key={place.row ?? `${place.at} ${place.method} ${place.host}${place.path}`}>
                <PlaceLine place={place} here={here} />
              </li>
            ))}
          </ul>
        )}
        {token.usedInTotal > token.usedIn.length && (
          <p class="muted">{WORDS.token.firstOf(token.usedIn.length, token.usedInTotal)}</p>
        )}
      </dd>
    </dl>
  );
}

function PlaceLine({ place, here }: { readonly place: Place; readonly here: string }) {
  const { store } = usePanel();
  const { row } = place;
  const request = (
    <>
      {line(place.method)} <bdi>{line(`${place.host}${place.path}`)}</bdi>
    </>
  );
  return (
    <div class="place">
      <span class="place-time">{clockTime(place.at)}</span>
      <span class="place-request">
        {row === null || row === here ? (
          request
        ) : (
          <button type="button" class="link-button" data-place={row} onClick={() => store.reveal(row)}>
            {request}
          </button>
        )}
        {row === here && <span class="here"> ({WORDS.token.here})</span>}
      </span>
      {place.verdict !== null && <Verdict verdict={place.verdict} />}
    </div>
  );
}
