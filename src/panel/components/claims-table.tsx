import type { ClaimView } from '../../core/model/view.ts';
import { line } from '../plain-text.ts';
import { dateTime, gap } from '../times.ts';
import { relativeToRequest, WORDS } from '../words.ts';
import { Untrusted } from './untrusted.tsx';
import { Value } from './value.tsx';

/**
 * The members of a JOSE Header or a JWT Claims Set.
 * @param at when the request was made, ms since the epoch: times are told in relation to it.
 */
export function ClaimsTable({
  label,
  claims,
  at,
}: {
  readonly label: string;
  readonly claims: readonly ClaimView[];
  readonly at: number;
}) {
  return (
    <table class="claims" aria-label={label}>
      <thead>
        <tr>
          <th scope="col">{WORDS.token.name}</th>
          <th scope="col">{WORDS.token.value}</th>
          <th scope="col">{WORDS.token.meaning}</th>
        </tr>
      </thead>
      <tbody>
        {claims.map((claim) => (
          <tr key={claim.name} data-claim={claim.name}>
            <th scope="row" class="code">
              <Untrusted text={claim.name} />
            </th>
            <td class="code">
              <Value text={claim.json} what={line(claim.name)} copied={plainOf(claim.json)} />
              {claim.time !== null && <ClaimTime time={claim.time} at={at} />}
            </td>
            <td>{claim.meaning}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function ClaimTime({ time, at }: { readonly time: number; readonly at: number }) {
  const absolute = dateTime(time);
  return (
    <div class="claim-time">
      {absolute === null ? WORDS.token.noDate : `${absolute}, ${relativeToRequest(gap(time, at))}`}
    </div>
  );
}

/** What is copied of a value: a string without its quotation marks, anything else as JSON. */
function plainOf(json: string): string {
  if (!json.startsWith('"')) return json;
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === 'string' ? value : json;
  } catch {
    return json;
  }
}
