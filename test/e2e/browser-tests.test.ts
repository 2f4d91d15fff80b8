/** The examples of docs/browser-tests.md, word for word, with the module as it is built, against the lab. */
import { spawn } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type { AuditReport } from '../../src/core/model/report.ts';
import { aud } from '../cli/command.ts';
import { type Lab, startLab } from '../lab/lab.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const ARGS = JSON.stringify(['--disable-gpu', ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])]);

/** A test that a person's app fails. */
const FAILING = `
import { expect, test } from './audit';

test('the profile is read', async ({ page, audit }) => {
  await page.goto('/');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('button', { name: 'Sign in as Ada' }).click();
  await page.getByText('Signed in as').waitFor();
  await page.getByRole('button', { name: 'ID token as a bearer token' }).click();
  await page.getByText('done: 200').waitFor();
  await expect(audit).toHaveNoFindings({ ignore: ['id-token-as-bearer'] });
  await expect(audit).not.toHaveNoFindings();
  await expect(audit).toHaveNoFindings({ atOrAbove: 'error' });
});
`;

let lab: Lab;
let folder: string;
let examples: readonly { readonly language: string; readonly text: string }[];

beforeAll(async () => {
  lab = await startLab();
  const page = await readFile(join(ROOT, 'docs/browser-tests.md'), 'utf8');
  examples = [...page.matchAll(/^```(\w+)\n([\s\S]*?)^```/gm)].map(([, language = '', text = '']) => ({
    ...{ language, text },
  }));
  folder = await mkdtemp(join(tmpdir(), 'aud-it-browser-tests-'));
  const modules = join(folder, 'node_modules');
  await mkdir(join(modules, '@playwright'), { recursive: true });
  // As installed from the package, beside the tools that a person has.
  for (const part of ['package.json', 'dist/testing']) {
    await cp(join(ROOT, part), join(modules, 'aud-it', part), { recursive: true });
  }
  await symlink(join(ROOT, 'node_modules/@playwright/test'), join(modules, '@playwright/test'));
  await symlink(join(ROOT, 'node_modules/puppeteer-core'), join(modules, 'puppeteer'));
  await symlink(join(ROOT, 'node_modules/@types'), join(modules, '@types'));
});

afterAll(async () => {
  await lab.close();
  await rm(folder, { recursive: true });
});

/** @returns the code block of the documentation in which the sign is */
function example(sign: string): string {
  const found = examples.filter(({ text }) => text.includes(sign));
  expect(found).toHaveLength(1);
  return found[0]?.text ?? '';
}

async function write(file: string, text: string): Promise<void> {
  await mkdir(dirname(join(folder, file)), { recursive: true });
  await writeFile(join(folder, file), text);
}

function run(args: readonly string[], cwd: string): Promise<{ status: number | null; out: string }> {
  return new Promise((resolve, reject) => {
    const { NODE_OPTIONS: _ours, VITEST: _too, ...env } = process.env;
    const child = spawn(process.execPath, args, {
      cwd,
      env: { ...env, APP_URL: lab.origins.app, NO_COLOR: '1', FORCE_COLOR: undefined },
    });
    let out = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        out += text;
      });
    }
    child.on('error', reject);
    child.on('exit', (status) => resolve({ status, out }));
  });
}

/** Writes a project that tests the lab's app with Playwright. */
async function project(name: string, type: 'module' | 'commonjs'): Promise<string> {
  await write(`${name}/package.json`, JSON.stringify({ type }));
  await write(
    `${name}/playwright.config.ts`,
    `export default {
      testDir: 'tests',
      reporter: 'line',
      workers: 2,
      fullyParallel: true,
      use: {
        baseURL: process.env.APP_URL,
        launchOptions: { executablePath: '${inject('browsers').chromium}', args: ${ARGS} },
      },
    };`,
  );
  await write(`${name}/tests/audit.ts`, example('base.extend<{ audit'));
  await write(`${name}/tests/shop.spec.ts`, example("expect, test } from './audit'"));
  return join(folder, name);
}

async function reportsIn(cwd: string): Promise<readonly AuditReport[]> {
  const files = await readdir(join(cwd, 'test-results'), { recursive: true });
  const own = files.filter((file) => file.endsWith('aud-it.json')).sort();
  return Promise.all(
    own.map(async (file) => JSON.parse(await readFile(join(cwd, 'test-results', file), 'utf8'))),
  );
}

const PLAYWRIGHT = join(ROOT, 'node_modules/@playwright/test/cli.js');

describe('the documented Playwright test', () => {
  it.each(['module', 'commonjs'] as const)('passes in a project of type %s', async (type) => {
    const cwd = await project(type, type);
    const { status, out } = await run([PLAYWRIGHT, 'test'], cwd);
    expect(out).toContain('1 passed');
    expect(status).toBe(0);
    const [report] = await reportsIn(cwd);
    expect(report?.session).toMatchObject({
      name: 'shop.spec.ts › the catalogue is read with a token that is meant for it',
      source: 'chrome',
      steps: [{ note: 'read the catalogue' }],
    });
    expect(report?.findings).toEqual([]);
    expect(report?.tokens.map(({ signature }) => signature.status)).toContain('verified');
  });

  it('fails where a rule fails, with what to do and without a token; each worker writes its report', async () => {
    const cwd = await project('failing', 'module');
    await write('failing/tests/profile.spec.ts', FAILING);
    const { status, out } = await run([PLAYWRIGHT, 'test'], cwd);
    expect(status).toBe(1);
    expect(out).toContain('1 passed');
    expect(out).toContain('Expected the audit to have no findings, but it has 1 finding.');
    expect(out).toContain(`GET  ${lab.origins.api}/lax/profile`);
    expect(out).toMatch(/id-token-as-bearer[\s\S]*Why [\s\S]*Fix [\s\S]*OpenID Connect Core/);
    expect(out).not.toMatch(/ey[A-Za-z0-9_-]{20,}/);
    const reports = await reportsIn(cwd);
    expect(reports.map(({ findings }) => findings.map(({ ruleId }) => ruleId))).toEqual([
      ['id-token-as-bearer'],
      [],
    ]);

    // What the documentation says of shards.
    const merged = await aud(['merge', join(cwd, 'test-results/**/aud-it.json'), '--format', 'json']);
    const whole: AuditReport = JSON.parse(merged.out);
    expect(merged.status).toBe(1);
    expect(whole.findings.map(({ ruleId }) => ruleId)).toEqual(['id-token-as-bearer']);
    const counts = reports.map(({ coverage }) => coverage.exchanges);
    expect(whole.coverage.exchanges).toBe(counts.reduce((sum, count) => sum + count, 0));
  });

  it('has types that fit', async () => {
    const cwd = await project('types', 'module');
    await write('types/tests/profile.spec.ts', FAILING);
    await write(
      'types/tsconfig.json',
      JSON.stringify({
        compilerOptions: {
          ...{ strict: true, noEmit: true, module: 'ESNext', moduleResolution: 'bundler' },
          ...{ target: 'ES2023', types: ['node'] },
        },
        include: ['tests'],
      }),
    );
    const { out } = await run([join(ROOT, 'node_modules/typescript/bin/tsc'), '-p', '.'], cwd);
    expect(out).toBe('');
  });
});

describe('the documented Puppeteer test', () => {
  it('passes', async () => {
    const launch = `puppeteer.launch({ executablePath: '${inject('browsers').chromium}', args: ${ARGS} })`;
    const text = example("from 'puppeteer'").replace('puppeteer.launch()', launch);
    expect(text).toContain(launch);
    await write('puppeteer/package.json', JSON.stringify({ type: 'module' }));
    await write('puppeteer/catalogue.test.js', text);
    const cwd = join(folder, 'puppeteer');
    const { status, out } = await run(['--test', 'catalogue.test.js'], cwd);
    expect(out).toMatch(/pass 1/);
    expect(status).toBe(0);
    const report: AuditReport = JSON.parse(await readFile(join(cwd, 'reports/catalogue.json'), 'utf8'));
    expect(report.session.name).toBe('catalogue');
    expect(report.coverage.withToken).toBeGreaterThan(0);
  });
});
