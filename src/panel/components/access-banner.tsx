import type { Access } from '../../core/model/view.ts';
import { line } from '../plain-text.ts';
import { WORDS } from '../words.ts';
import { Filled, SLOT } from './filled.tsx';
import { Icon } from './icon.tsx';

/** Says what the extension may not see, with the button that asks for it. */
export function AccessBanner({
  access,
  refused = false,
  onAllow,
}: {
  readonly access: Access;
  readonly refused?: boolean;
  readonly onAllow: () => void;
}) {
  return (
    <section class="banner" data-tone="warning" data-banner="access">
      <Icon name="access" />
      <div class="banner-text">
        <strong>{WORDS.access.title}</strong>{' '}
        {access.missing.length === 0 ? (
          WORDS.access.unnamed
        ) : (
          <Filled text={WORDS.access.missing(SLOT)}>
            {access.missing.map((origin, index) => (
              <span key={origin}>
                {index > 0 && ', '}
                <bdi dir="ltr">{line(origin)}</bdi>
              </span>
            ))}
          </Filled>
        )}
        {refused && <p role="status">{WORDS.access.refused}</p>}
      </div>
      <button type="button" class="button" data-action="allow-access" onClick={onAllow}>
        {WORDS.access.allow}
      </button>
    </section>
  );
}
