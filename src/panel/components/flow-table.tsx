import { useState } from 'preact/hooks';
import type { AppMap } from '../../core/model/map.ts';
import { line } from '../plain-text.ts';
import { VIEW_WORDS } from '../view-words.ts';
import { formatNumber, KINDS } from '../words.ts';
import { usePanel } from './panel-context.ts';
import { Verdict } from './verdict.tsx';

const SAID = VIEW_WORDS.map;

/** Rows that the table has at first, and gets more of at a time. */
const ROWS = 100;

/** Every flow of the map, a row each: what the picture shows, for whoever reads it otherwise, and all that it groups. */
export function FlowTable({ map }: { readonly map: AppMap }) {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <details class="flows" onToggle={({ currentTarget }) => setIsOpen(currentTarget.open)}>
      <summary>
        <h2>{SAID.flows}</h2>
      </summary>
      {isOpen && <Flows map={map} />}
    </details>
  );
}

function Flows({ map }: { readonly map: AppMap }) {
  const { views } = usePanel();
  const [rows, setRows] = useState(ROWS);
  const more = map.flows.length - rows;
  const names = new Map(map.parties.map(({ id, name }) => [id, name === '' ? SAID.unknownApp : name]));
  const nameOf = (id: string): string => line(names.get(id) ?? '');
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard. */}
      <section class="scroller" tabIndex={0} aria-label={SAID.flows}>
        <table class="grid-table">
          <thead>
            <tr>
              <th scope="col">{SAID.from}</th>
              <th scope="col">{SAID.to}</th>
              <th scope="col">{SAID.what}</th>
              <th scope="col">{SAID.requests}</th>
              <th scope="col">{SAID.verdict}</th>
            </tr>
          </thead>
          <tbody>
            {map.flows.slice(0, rows).map((flow) => {
              const kind = flow.kind === null ? SAID.login : KINDS[flow.kind];
              return (
                <tr key={`${flow.from} ${flow.to} ${flow.says} ${flow.kind}`}>
                  <td title={nameOf(flow.from)}>
                    <bdi>{nameOf(flow.from)}</bdi>
                  </td>
                  <td title={nameOf(flow.to)}>
                    <bdi>{nameOf(flow.to)}</bdi>
                  </td>
                  <td>{flow.says === 'issued' ? SAID.issuedBy(kind) : kind}</td>
                  <td>
                    <button
                      type="button"
                      class="link-button"
                      title={SAID.show}
                      onClick={() => views.filterBy(flow.filter)}
                    >
                      {formatNumber(flow.count)}
                    </button>
                  </td>
                  <td>{flow.verdict !== null && <Verdict verdict={flow.verdict} />}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </section>
      {more > 0 && (
        <p>
          <button
            type="button"
            class="link-button"
            data-action="more-flows"
            onClick={() => setRows(rows + ROWS)}
          >
            {SAID.moreFlows(Math.min(more, ROWS), more)}
          </button>
        </p>
      )}
    </>
  );
}
