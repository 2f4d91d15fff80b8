import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import project from '../../package.json' with { type: 'json' };

const ENTRY = fileURLToPath(new URL('../../src/cli/aud-it.ts', import.meta.url));
const HAR = fileURLToPath(new URL('../fixtures/har/lab-login.har', import.meta.url));

/** Runs the command as a process of its own, without a terminal. */
function audIt(...argv: readonly string[]): Promise<{ status: number; out: string; errors: string }> {
  return new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      ['--import', 'tsx', ENTRY, ...argv],
      { maxBuffer: 16_777_216 },
      (_error, out, errors) => resolve({ status: child.exitCode ?? -1, out, errors }),
    );
  });
}

describe('the program', { timeout: 30_000 }, () => {
  it('says its version, which is the package’s', async () => {
    expect(await audIt('--version')).toEqual({ status: 0, out: `${project.version}\n`, errors: '' });
  });

  it('writes a report to standard output, whole, and ends with 1 where something was found', async () => {
    const { status, out, errors } = await audIt('audit', HAR, '--format', 'json');
    expect({ status, errors }).toEqual({ status: 1, errors: '' });
    expect(JSON.parse(out)).toMatchObject({ schemaVersion: '1.0', tool: { version: project.version } });
  });

  it('writes what is wrong to standard error, on one line, and ends with 2', async () => {
    expect(await audIt('audit', '/nowhere/a.har')).toEqual({
      status: 2,
      out: '',
      errors: 'aud-it: /nowhere/a.har: there is no such file\n',
    });
  });
});
