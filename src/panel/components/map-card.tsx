import type { Card } from '../map/layout.ts';
import { toneOf } from '../map/layout.ts';
import { METRICS } from '../map/metrics.ts';
import { isolatedLine, line } from '../plain-text.ts';
import { flowName, PARTY_ROLES, VIEW_WORDS } from '../view-words.ts';
import { VERDICTS } from '../words.ts';
import { Icon } from './icon.tsx';
import { usePanel } from './panel-context.ts';

const SAID = VIEW_WORDS.map;

/** What stands on a card: the party's name; how many parties it stands for. */
export function cardName({ party, parties }: Card): string {
  if (party === null) return SAID.more(parties);
  return party.name === '' ? SAID.unknownApp : party.name;
}

/** A party of the map, with the tokens that it gets (or gives out): each line filters the list. */
export function MapCard({ card }: { readonly card: Card }) {
  const { views } = usePanel();
  const { party, x, y, width, height } = card;
  const name = cardName(card);
  const [also] = party?.also ?? [];
  return (
    <article
      class="card"
      data-party={card.id}
      data-role={party?.role ?? 'rest'}
      data-tone={card.tone}
      style={{
        '--x': `${x}px`,
        '--y': `${y}px`,
        '--card-padding': `${METRICS.cardPadding}px`,
        width: `${width}px`,
        height: `${height}px`,
      }}
    >
      <h2 class="card-name" title={line(name)}>
        {party === null || party.filter === '' ? (
          <bdi>{line(name)}</bdi>
        ) : (
          <button
            type="button"
            class="card-open"
            title={isolatedLine(SAID.showParty(line(name)))}
            data-filter-by={party.filter}
            onClick={() => views.filterBy(party.filter)}
          >
            <bdi>{line(name)}</bdi>
          </button>
        )}
      </h2>
      <p class="card-also muted">{party === null ? SAID.moreHelp : PARTY_ROLES[party.role]}</p>
      {also !== undefined && (
        <p class="card-also muted" title={isolatedLine(line(party?.also.join(', ') ?? ''))}>
          <bdi dir="ltr">{line(also)}</bdi>
          {party !== null && party.also.length > 1 && ` +${party.also.length - 1}`}
        </p>
      )}
      {card.lines.length > 0 && (
        <ul class="card-lines">
          {card.lines.map((flow) => {
            const tone = toneOf(flow.verdict);
            const words = (
              <>
                {tone === 'plain' ? (
                  <span class="card-dot" data-says={flow.says} />
                ) : (
                  <>
                    <Icon name={tone} />
                    <span class="unseen">{VERDICTS[tone]}: </span>
                  </>
                )}
                <span class="card-flow">{flowName(flow)}</span>
                <span class="card-count">{VIEW_WORDS.times(flow.count)}</span>
              </>
            );
            return (
              <li key={`${flow.says} ${flow.kind}`} data-tone={tone}>
                {flow.filter === '' ? (
                  <span class="card-line">{words}</span>
                ) : (
                  <button
                    type="button"
                    class="card-line"
                    title={SAID.show}
                    data-filter-by={flow.filter}
                    onClick={() => views.filterBy(flow.filter)}
                  >
                    {words}
                  </button>
                )}
              </li>
            );
          })}
          {card.linesLeftOff > 0 && <li class="muted">{SAID.linesMore(card.linesLeftOff)}</li>}
        </ul>
      )}
    </article>
  );
}
