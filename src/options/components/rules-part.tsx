import { LEVELS, RULES } from '../../core/configure/schema.ts';
import { SEVERITIES } from '../../panel/words.ts';
import { OPTIONS } from '../words.ts';
import { useOptions } from './options-context.ts';

/** How much each rule counts, and whether vendors may soften that. */
export function RulesPart() {
  const { draft } = useOptions();
  const { severities, strict } = draft.value;
  const words = OPTIONS.severities;
  const choose = (rule: string, chosen: string): void => {
    const { [rule]: _before, ...others } = severities;
    const level = LEVELS.find((one) => one === chosen);
    draft.value = { ...draft.value, severities: level === undefined ? others : { ...others, [rule]: level } };
  };
  return (
    <>
      <label class="choice" data-field="strict">
        <input
          type="checkbox"
          checked={strict}
          onChange={(event) => {
            draft.value = { ...draft.value, strict: event.currentTarget.checked };
          }}
        />
        <span>
          <strong>{words.strict}</strong>
          <span class="hint"> {words.strictHint}</span>
        </span>
      </label>
      <table class="rules">
        <thead>
          <tr>
            <th scope="col">{words.rule}</th>
            <th scope="col">{words.severity}</th>
          </tr>
        </thead>
        <tbody>
          {RULES.map(({ id, title, severity }) => (
            <tr key={id} data-rule={id} data-chosen={Object.hasOwn(severities, id)}>
              <th scope="row">
                <label for={`severity-${id}`}>
                  {title}
                  <code>{id}</code>
                </label>
              </th>
              <td>
                <select
                  id={`severity-${id}`}
                  value={severities[id] ?? ''}
                  onChange={(event) => choose(id, event.currentTarget.value)}
                >
                  <option value="">{words.byDefault[severity]}</option>
                  {LEVELS.map((level) => (
                    <option key={level} value={level}>
                      {level === 'off' ? words.off : SEVERITIES[level]}
                    </option>
                  ))}
                </select>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}
