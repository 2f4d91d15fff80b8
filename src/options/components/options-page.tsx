import type { ComponentChildren } from 'preact';
import { OPTIONS } from '../words.ts';
import { AcceptedPart } from './accepted-part.tsx';
import { ClientsPart, ResourcesPart, TrustedIssuersPart } from './declared-parts.tsx';
import { NoticeBar } from './notice-bar.tsx';
import { useOptions } from './options-context.ts';
import { RulesPart } from './rules-part.tsx';

export interface OptionsPageProps {
  /** ISO 8601, UTC. */
  readonly today: string;
  readonly onImport: (file: File) => void;
  readonly onExport: () => void;
  readonly onSave: () => void;
}

export function OptionsPage({ today, onImport, onExport, onSave }: OptionsPageProps) {
  return (
    <>
      <header class="page-head">
        <h1>
          <img src="/icons/icon-32.png" width="24" height="24" alt="" />
          {OPTIONS.title}
        </h1>
        <label class="button file">
          {OPTIONS.import}
          <input
            class="unseen"
            type="file"
            accept=".json,application/json"
            data-action="import"
            onChange={(event) => {
              const input = event.currentTarget;
              const file = input.files?.[0];
              if (file !== undefined) onImport(file);
              // The same file, put right, can be chosen again.
              input.value = '';
            }}
          />
        </label>
        <button type="button" class="button" data-action="export" onClick={onExport}>
          {OPTIONS.export}
        </button>
      </header>
      <NoticeBar />
      <div class="page-body">
        <nav class="parts" aria-label={OPTIONS.parts}>
          {PARTS.map(({ id, words }) => (
            <a key={id} href={`#${id}`}>
              {words.title}
            </a>
          ))}
        </nav>
        <main>
          <p class="intro">{OPTIONS.intro}</p>
          <p class="intro muted">{OPTIONS.kept}</p>
          <form
            noValidate
            onSubmit={(event) => {
              event.preventDefault();
              onSave();
            }}
          >
            {PARTS.map(({ id, words }) => (
              <section key={id} id={id} class="part" aria-labelledby={`${id}-title`}>
                <h2 id={`${id}-title`}>{words.title}</h2>
                <p class="about">{words.about}</p>
                {contentsOf(id, today)}
              </section>
            ))}
            <SaveBar />
          </form>
        </main>
      </div>
    </>
  );
}

const PARTS = [
  { id: 'clients', words: OPTIONS.clients },
  { id: 'resources', words: OPTIONS.resources },
  { id: 'issuers', words: OPTIONS.trustedIssuers },
  { id: 'rules', words: OPTIONS.severities },
  { id: 'accepted', words: OPTIONS.accepted },
] as const;

function contentsOf(id: (typeof PARTS)[number]['id'], today: string): ComponentChildren {
  switch (id) {
    case 'clients':
      return <ClientsPart />;
    case 'resources':
      return <ResourcesPart />;
    case 'issuers':
      return <TrustedIssuersPart />;
    case 'rules':
      return <RulesPart />;
    case 'accepted':
      return <AcceptedPart today={today} />;
  }
}

/** Stays in sight while something is not saved. */
function SaveBar() {
  const store = useOptions();
  if (!store.isChanged.value) return null;
  const mistakes = store.showsAll.value ? store.problems.value.length : 0;
  return (
    <div class="save-bar">
      <p role="status" class={mistakes > 0 ? 'problem' : ''}>
        {mistakes > 0 ? OPTIONS.mistakes(mistakes) : OPTIONS.unsaved}
      </p>
      <button type="button" class="button" data-action="discard" onClick={() => store.discard()}>
        {OPTIONS.discard}
      </button>
      <button type="submit" class="button primary" data-action="save">
        {OPTIONS.save}
      </button>
    </div>
  );
}
