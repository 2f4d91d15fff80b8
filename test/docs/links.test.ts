import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

describe.each([
  'README.md',
  'CONTRIBUTING.md',
  'CHANGELOG.md',
  'docs/configuration.md',
  'docs/browser-tests.md',
  'docs/what-cannot-be-told.md',
])('%s', (file) => {
  it('links to nothing that is not there', () => {
    const text = readFileSync(join(ROOT, file), 'utf8');
    const targets = [...text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target]) => target ?? '');
    const missing = targets.filter(
      (target) =>
        !/^https?:|^#/.test(target) && !existsSync(join(ROOT, dirname(file), target.replace(/#.*$/, ''))),
    );
    expect(missing).toEqual([]);
  });
});
