import { closeSync, constants, fstatSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Attached, MAX_BODY_BYTES } from '../observe/har-file.ts';

/** As Playwright names them: by their content. Nothing else beside a HAR is opened, whatever it says. */
const NAME = /^[0-9a-f]{40}\.[\w-]{1,16}$/;

/** @param read gives the file of a name that was looked at */
export function attachedBy(read: Attached): Attached {
  return (name) => (NAME.test(name) ? read(name) : null);
}

/** Bodies beside a HAR in a folder. */
export function attachedIn(folder: string): Attached {
  return attachedBy((name) => {
    try {
      // No link to elsewhere, and nothing that waits for a writer.
      const file = openSync(
        join(folder, name),
        constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0),
      );
      try {
        const information = fstatSync(file);
        return information.isFile() && information.size <= MAX_BODY_BYTES ? readFileSync(file) : null;
      } finally {
        closeSync(file);
      }
    } catch {
      return null;
    }
  });
}
