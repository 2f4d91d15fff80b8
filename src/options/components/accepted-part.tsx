import { RULE_IDS } from '../../core/configure/schema.ts';
import { TOKEN_KINDS } from '../../core/model/token.ts';
import { Icon } from '../../panel/components/icon.tsx';
import { KINDS } from '../../panel/words.ts';
import { type AcceptedDraft, newAccepted } from '../draft.ts';
import { OPTIONS } from '../words.ts';
import { EntryList } from './entry-list.tsx';
import { DayField, Field, TextField } from './field.tsx';
import { useOptions } from './options-context.ts';
import { replaced } from './replaced.ts';

/** @param today ISO 8601, UTC: what ended before it counts no more */
export function AcceptedPart({ today }: { readonly today: string }) {
  const { draft } = useOptions();
  const { acceptedByDesign } = draft.value;
  const words = OPTIONS.accepted;
  const put = (changed: typeof acceptedByDesign): void => {
    draft.value = { ...draft.value, acceptedByDesign: changed };
  };
  return (
    <EntryList
      name="acceptedByDesign"
      words={words}
      entries={acceptedByDesign}
      first="rules"
      onAdd={() => put([...acceptedByDesign, newAccepted()])}
      onRemove={(entry) => put(acceptedByDesign.filter((other) => other !== entry))}
    >
      {(entry, path) => (
        <AcceptedFields
          entry={entry}
          path={path}
          today={today}
          onChange={(change) => put(replaced(acceptedByDesign, entry, change))}
        />
      )}
    </EntryList>
  );
}

interface AcceptedFieldsProps {
  readonly entry: AcceptedDraft;
  readonly path: string;
  readonly today: string;
  readonly onChange: (change: Partial<AcceptedDraft>) => void;
}

function AcceptedFields({ entry, path, today, onChange }: AcceptedFieldsProps) {
  const words = OPTIONS.accepted;
  const isExpired = entry.until !== '' && entry.until < today;
  return (
    <div class="fields">
      <RuleChoice entry={entry} path={path} onChange={onChange} />
      <TextField
        path={`${path}.reason`}
        label={words.reason}
        value={entry.reason}
        onInput={(reason) => onChange({ reason })}
      />
      <DayField
        path={`${path}.until`}
        label={words.until}
        value={entry.until}
        onInput={(until) => onChange({ until })}
        {...(isExpired ? { hint: words.expired, warns: true } : {})}
      />
      <div class="scope">
        <p class="scope-title">{words.scope}</p>
        <div class="fields">
          <TextField
            path={`${path}.host`}
            label={words.host}
            value={entry.host}
            onInput={(host) => onChange({ host })}
          />
          <TextField
            path={`${path}.client`}
            label={words.client}
            value={entry.client}
            onInput={(client) => onChange({ client })}
          />
          <TextField
            path={`${path}.issuer`}
            label={words.issuer}
            value={entry.issuer}
            onInput={(issuer) => onChange({ issuer })}
          />
          <Field path={`${path}.kind`} label={words.kind}>
            {(control) => (
              <select
                {...control}
                value={entry.kind}
                onChange={(event) => onChange({ kind: event.currentTarget.value })}
              >
                <option value="">{words.anyKind}</option>
                {TOKEN_KINDS.map((kind) => (
                  <option key={kind} value={kind}>
                    {KINDS[kind]}
                  </option>
                ))}
              </select>
            )}
          </Field>
        </div>
      </div>
    </div>
  );
}

/** The rules that are chosen, each with a button that takes it away, and a list of the others. */
function RuleChoice({ entry, path, onChange }: Omit<AcceptedFieldsProps, 'today'>) {
  const words = OPTIONS.accepted;
  const { rules } = entry;
  return (
    <Field path={`${path}.rules`} label={words.rules}>
      {(control) => (
        <div class="chips">
          {rules.map((rule) => (
            <span class="chip" key={rule}>
              <code>{rule}</code>
              <button
                type="button"
                class="tool"
                aria-label={OPTIONS.removeThis(rule)}
                title={OPTIONS.removeThis(rule)}
                onClick={() => {
                  onChange({ rules: rules.filter((other) => other !== rule) });
                  document.getElementById(control.id)?.focus();
                }}
              >
                <Icon name="close" />
              </button>
            </span>
          ))}
          <select
            {...control}
            value=""
            onChange={(event) => {
              const { value } = event.currentTarget;
              if (RULE_IDS.includes(value)) onChange({ rules: [...rules, value] });
              event.currentTarget.value = '';
            }}
          >
            <option value="">{words.addRule}</option>
            {RULE_IDS.filter((rule) => !rules.includes(rule)).map((rule) => (
              <option key={rule} value={rule}>
                {rule}
              </option>
            ))}
          </select>
        </div>
      )}
    </Field>
  );
}
