import type { AudienceMatrix } from '../../core/model/map.ts';
import { line } from '../plain-text.ts';
import { VIEW_WORDS } from '../view-words.ts';
import { formatNumber, VERDICTS } from '../words.ts';
import { Icon } from './icon.tsx';
import { usePanel } from './panel-context.ts';

const SAID = VIEW_WORDS.matrix;

/** Audiences by hosts: how often a token for that audience went to that host, and the worst that was found of it. */
export function MatrixTable({ matrix }: { readonly matrix: AudienceMatrix }) {
  const { views } = usePanel();
  const { audiences, hosts, cells, audiencesLeftOff, hostsLeftOff } = matrix;
  const at = new Map(cells.map((cell) => [`${cell.audience} ${cell.host}`, cell]));
  return (
    <section class="matrix">
      <h2>{SAID.title}</h2>
      {audiences.length === 0 ? (
        <p class="muted">{SAID.empty}</p>
      ) : (
        <>
          <p class="muted">{SAID.help}</p>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard. */}
          <section class="scroller" tabIndex={0} aria-label={SAID.title}>
            <table class="grid-table">
              <thead>
                <tr>
                  <th scope="col">{SAID.audience}</th>
                  {hosts.map((host) => (
                    <th scope="col" key={host} class="code" title={line(host)}>
                      <bdi dir="ltr">{line(host)}</bdi>
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {audiences.map((audience, row) => (
                  <tr key={audience}>
                    <th scope="row" class="code" title={line(audience)}>
                      <bdi dir="ltr">{line(audience)}</bdi>
                    </th>
                    {hosts.map((host, column) => {
                      const cell = at.get(`${row} ${column}`);
                      return (
                        <td key={host}>
                          {cell !== undefined && (
                            <button
                              type="button"
                              class="matrix-cell verdict"
                              data-tone={cell.verdict}
                              data-filter-by={cell.filter}
                              title={VIEW_WORDS.map.show}
                              onClick={() => views.filterBy(cell.filter)}
                            >
                              <Icon name={cell.verdict} />
                              <span class="unseen">{VERDICTS[cell.verdict]}: </span>
                              {formatNumber(cell.count)}
                            </button>
                          )}
                        </td>
                      );
                    })}
                  </tr>
                ))}
              </tbody>
            </table>
          </section>
          {audiencesLeftOff + hostsLeftOff > 0 && (
            <p class="muted">{SAID.leftOff(audiencesLeftOff, hostsLeftOff)}</p>
          )}
        </>
      )}
    </section>
  );
}
