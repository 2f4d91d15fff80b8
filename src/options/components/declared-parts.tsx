import { newClient, newResource } from '../draft.ts';
import { OPTIONS } from '../words.ts';
import { EntryList } from './entry-list.tsx';
import { LinesField, TextField } from './field.tsx';
import { useOptions } from './options-context.ts';
import { replaced } from './replaced.ts';

export function ClientsPart() {
  const { draft } = useOptions();
  const { clients } = draft.value;
  const words = OPTIONS.clients;
  const put = (changed: typeof clients): void => {
    draft.value = { ...draft.value, clients: changed };
  };
  return (
    <EntryList
      name="clients"
      words={words}
      entries={clients}
      first="clientId"
      onAdd={() => put([...clients, newClient()])}
      onRemove={(entry) => put(clients.filter((other) => other !== entry))}
    >
      {(entry, path) => (
        <div class="fields">
          <TextField
            path={`${path}.clientId`}
            label={words.clientId}
            value={entry.clientId}
            onInput={(clientId) => put(replaced(clients, entry, { clientId }))}
          />
          <TextField
            path={`${path}.issuer`}
            label={words.issuer}
            hint={words.issuerHint}
            value={entry.issuer}
            onInput={(issuer) => put(replaced(clients, entry, { issuer }))}
          />
          <LinesField
            path={`${path}.origins`}
            label={words.origins}
            hint={words.originsHint}
            value={entry.origins}
            onInput={(origins) => put(replaced(clients, entry, { origins }))}
          />
        </div>
      )}
    </EntryList>
  );
}

export function ResourcesPart() {
  const { draft } = useOptions();
  const { resources } = draft.value;
  const words = OPTIONS.resources;
  const put = (changed: typeof resources): void => {
    draft.value = { ...draft.value, resources: changed };
  };
  return (
    <EntryList
      name="resources"
      words={words}
      entries={resources}
      first="host"
      onAdd={() => put([...resources, newResource()])}
      onRemove={(entry) => put(resources.filter((other) => other !== entry))}
    >
      {(entry, path) => (
        <div class="fields">
          <TextField
            path={`${path}.host`}
            label={words.host}
            hint={words.hostHint}
            value={entry.host}
            onInput={(host) => put(replaced(resources, entry, { host }))}
          />
          <LinesField
            path={`${path}.audiences`}
            label={words.audiences}
            hint={words.audiencesHint}
            value={entry.audiences}
            onInput={(audiences) => put(replaced(resources, entry, { audiences }))}
          />
        </div>
      )}
    </EntryList>
  );
}

export function TrustedIssuersPart() {
  const { draft } = useOptions();
  const words = OPTIONS.trustedIssuers;
  return (
    <LinesField
      path="trustedIssuers"
      label={words.label}
      hint={words.hint}
      value={draft.value.trustedIssuers}
      onInput={(trustedIssuers) => {
        draft.value = { ...draft.value, trustedIssuers };
      }}
    />
  );
}
