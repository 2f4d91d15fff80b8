import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import project from '../../package.json' with { type: 'json' };
import { sarifErrors } from '../fixtures/sarif-schema.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const HAR = join(ROOT, 'test/fixtures/har/lab-login.har');
const KEYS = join(ROOT, 'test/fixtures/har/lab-login.jwks.json');

function run(command: string, argv: readonly string[], cwd: string) {
  return new Promise<{ status: number; out: string; errors: string }>((resolve) => {
    const child = execFile(command, [...argv], { cwd, maxBuffer: 67_108_864 }, (_error, out, errors) =>
      resolve({ status: child.exitCode ?? -1, out, errors }),
    );
  });
}

describe('the packed package, installed elsewhere', () => {
  let elsewhere = '';
  let command = '';

  beforeAll(async () => {
    elsewhere = await mkdtemp(join(tmpdir(), 'aud-it-package-'));
    const packed = await run('npm', ['pack', '--silent', '--pack-destination', elsewhere], ROOT);
    expect(packed.status).toBe(0);
    const [archive = ''] = (await readdir(elsewhere)).filter((name) => name.endsWith('.tgz'));
    // As npm installs a package without dependencies: its files, and a link to its command.
    const place = join(elsewhere, 'node_modules', 'aud-it');
    await mkdir(place, { recursive: true });
    const argv = ['-xzf', join(elsewhere, archive), '-C', place, '--strip-components=1'];
    expect((await run('tar', argv, elsewhere)).status).toBe(0);
    command = join(place, project.bin['aud-it']);
  });

  afterAll(() => rm(elsewhere, { recursive: true }));

  it('has what it needs and nothing else', async () => {
    const files = await readdir(join(elsewhere, 'node_modules', 'aud-it'), { recursive: true });
    const isMany =
      /^(?:dist\/testing\/(?:index\.js|types\/.+\.d\.ts|types[a-z/-]*)|docs(?:\/[\w.-]+\.(?:md|json))?)$/;
    expect(files).toEqual(
      expect.arrayContaining(['dist/testing/index.js', 'dist/testing/types/testing/index.d.ts']),
    );
    expect(files.filter((name) => !isMany.test(name)).sort()).toEqual(
      [
        'LICENSE',
        'README.md',
        'dist',
        'dist/cli',
        'dist/cli/aud-it.js',
        'dist/testing',
        'package.json',
      ].sort(),
    );
  });

  it('says its version and audits, in every format', async () => {
    expect(await run(process.execPath, [command, '--version'], elsewhere)).toEqual({
      ...{ status: 0, out: `${project.version}\n`, errors: '' },
    });
    for (const format of ['text', 'json', 'sarif', 'junit', 'html', 'markdown', 'csv']) {
      const told = await run(
        process.execPath,
        [command, 'audit', HAR, '--jwks', KEYS, '--format', format],
        elsewhere,
      );
      expect({ status: told.status, errors: told.errors }).toEqual({ status: 1, errors: '' });
      expect(told.out).toContain('id-token-as-bearer');
      if (format === 'sarif') expect(sarifErrors(JSON.parse(told.out))).toEqual([]);
    }
  });

  it('expands a pattern itself', async () => {
    const argv = [
      command,
      'audit',
      join(ROOT, 'test/fixtures/har/*.har'),
      '--format',
      'json',
      '--fail-on',
      'never',
    ];
    expect((await run(process.execPath, argv, elsewhere)).status).toBe(0);
  });
});
