import { CopyButton } from './copy-button.tsx';
import { Untrusted } from './untrusted.tsx';

/** A value from the network, with the button that copies it: as it is, not as it is shown. */
export function Value({
  text,
  what,
  copied = text,
}: {
  readonly text: string;
  /** Its name. */
  readonly what: string;
  /** Where something else than what is shown is copied. */
  readonly copied?: string;
}) {
  return (
    <span class="value">
      <Untrusted text={text} /> <CopyButton text={copied} what={what} />
    </span>
  );
}
