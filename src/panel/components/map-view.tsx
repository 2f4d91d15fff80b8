import { useSignal } from '@preact/signals';
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { AppMap } from '../../core/model/map.ts';
import { type Layout, layoutMap } from '../map/layout.ts';
import { mapSvg } from '../map/svg.ts';
import { saveFile } from '../save-file.ts';
import { flowName, PARTY_ROLES, VIEW_WORDS } from '../view-words.ts';
import { FlowTable } from './flow-table.tsx';
import { Icon } from './icon.tsx';
import { cardName, MapCard } from './map-card.tsx';
import { MatrixTable } from './matrix-table.tsx';
import { usePanel } from './panel-context.ts';
import { viewPanel } from './view-tabs.tsx';

const SAID = VIEW_WORDS.map;

/** The one picture of the app: its parties, with the tokens that flow between them; and the same as tables. */
export function MapView() {
  const map = usePanel().views.map.value;
  return (
    <div {...viewPanel('map')} class="view map" tabIndex={-1} data-loaded={map !== null}>
      {map === null && <p class="muted loading">{SAID.loading}</p>}
      {map?.parties.length === 0 && (
        <div class="empty">
          <p class="empty-title">{SAID.empty}</p>
          <p>{SAID.emptyHelp}</p>
        </div>
      )}
      {map !== null && map.parties.length > 0 && (
        <>
          <Drawing map={map} />
          {map.partiesLeftOff > 0 && <p class="muted">{SAID.leftOff(map.partiesLeftOff)}</p>}
          <MatrixTable matrix={map.matrix} />
          <FlowTable map={map} />
        </>
      )}
    </div>
  );
}

function Drawing({ map }: { readonly map: AppMap }) {
  const place = useRef<HTMLDivElement>(null);
  const width = useSignal(0);
  /** The card that is pointed at or has the focus: its edges stand out. */
  const near = useSignal<string | null>(null);
  useLayoutEffect(() => {
    const element = place.current;
    if (element === null) return;
    width.value = element.clientWidth;
    const watcher = new ResizeObserver(() => {
      width.value = element.clientWidth;
    });
    watcher.observe(element);
    return () => watcher.disconnect();
  }, [width]);
  const layout = width.value === 0 ? null : layoutMap(map, width.value);
  return (
    <section class="drawing" aria-label={SAID.label}>
      <div class="drawing-bar">
        <Legend />
        <button
          type="button"
          class="button copy-named"
          data-action="save-map"
          onClick={() => {
            if (layout !== null) saveFile(SAID.fileName, 'image/svg+xml', svgOf(layout));
          }}
        >
          <Icon name="save" />
          <span>{SAID.save}</span>
        </button>
      </div>
      <div
        class="drawing-place"
        ref={place}
        data-direction={layout?.direction}
        style={{ height: `${layout?.height ?? 0}px` }}
        onPointerOver={(event) => {
          near.value = cardAt(event.target);
        }}
        onPointerLeave={() => {
          near.value = null;
        }}
        onFocusIn={(event) => {
          near.value = cardAt(event.target);
        }}
        onFocusOut={() => {
          near.value = null;
        }}
      >
        {layout !== null && <Edges layout={layout} near={near.value} />}
        {layout?.cards.map((card) => (
          <MapCard key={card.id} card={card} />
        ))}
      </div>
    </section>
  );
}

function cardAt(target: EventTarget | null): string | null {
  return target instanceof Element
    ? (target.closest('[data-party]')?.getAttribute('data-party') ?? null)
    : null;
}

/** Lines that say nothing the cards and the table don't say, too. */
function Edges({ layout, near }: { readonly layout: Layout; readonly near: string | null }) {
  const { width, height, edges } = layout;
  return (
    <svg class="edges" width={width} height={height} viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
      <defs>
        {(['plain', 'warning', 'error'] as const).map((tone) => (
          <marker
            key={tone}
            id={`edge-${tone}`}
            data-tone={tone}
            viewBox="0 0 8 8"
            refX="7"
            refY="4"
            markerWidth="8"
            markerHeight="8"
            markerUnits="userSpaceOnUse"
            orient="auto"
          >
            <path d="M0 0 8 4 0 8Z" />
          </marker>
        ))}
      </defs>
      {edges.map((edge) => (
        <path
          key={`${edge.from} ${edge.to}`}
          class="edge"
          d={edge.path}
          data-tone={edge.tone}
          data-near={near === null ? '' : edge.from === near || edge.to === near}
          stroke-width={edge.stroke}
          marker-end={`url(#edge-${edge.tone})`}
        />
      ))}
    </svg>
  );
}

function Legend() {
  return (
    <ul class="legend">
      {(['error', 'warning', 'plain'] as const).map((tone) => (
        <li key={tone} data-tone={tone}>
          {SAID.legend[tone]}
        </li>
      ))}
    </ul>
  );
}

function svgOf(layout: Layout): string {
  return mapSvg(layout, {
    title: SAID.label,
    name: cardName,
    role: ({ party }) => (party === null ? '' : PARTY_ROLES[party.role]),
    line: (line) => `${flowName(line)} ${VIEW_WORDS.times(line.count)}`,
    more: SAID.linesMore,
  });
}
