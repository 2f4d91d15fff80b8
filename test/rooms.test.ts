/**
 * The rooms of the source, and what each may import. This table is the design's: a change here is a change of design.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { describe, expect, it } from 'vitest';

const SRC = join(import.meta.dirname, '../src');

interface Room {
  /** A folder or a file of src; the longest name that fits a file is its room. */
  readonly name: string;
  /** Other rooms and packages, with all that is below them. `type …`: its types only. */
  readonly mayImport: readonly string[];
  /** Files of one room know each other, unless it says so. */
  readonly strangers?: true;
}

const CORE_STAGE = ['core/model', 'core/syntax', 'core/text.ts'];
const PAGE = [
  'type core/model',
  'core/syntax',
  'core/text.ts',
  'language.ts',
  'messages.ts',
  'session-messages.ts',
  'webextension-polyfill',
  'preact',
  '@preact/signals',
];

const ROOMS: readonly Room[] = [
  { name: 'core/model', mayImport: [] },
  { name: 'core/syntax', mayImport: ['core/model', 'core/text.ts', 'jose', '@noble/hashes', 'tldts'] },
  { name: 'core/configure', mayImport: [...CORE_STAGE, 'core/judge/rules/index.ts', 'valibot'] },
  { name: 'core/extract', mayImport: CORE_STAGE },
  { name: 'core/decode', mayImport: [...CORE_STAGE, 'jose'] },
  { name: 'core/classify', mayImport: CORE_STAGE },
  { name: 'core/learn', mayImport: CORE_STAGE },
  { name: 'core/verify', mayImport: [...CORE_STAGE, 'jose', '@noble/hashes'] },
  { name: 'core/judge', mayImport: [...CORE_STAGE, 'core/judge/rules/index.ts'] },
  { name: 'core/judge/rules', mayImport: CORE_STAGE, strangers: true },
  { name: 'core/judge/rules/index.ts', mayImport: ['core/model', 'core/judge/rules'] },
  { name: 'core/text.ts', mayImport: [] },
  { name: 'language.ts', mayImport: ['core/text.ts', 'webextension-polyfill'] },
  { name: 'core/record', mayImport: CORE_STAGE },
  { name: 'core/report', mayImport: CORE_STAGE },
  { name: 'core/audit.ts', mayImport: ['core'] },
  { name: 'core/audit', mayImport: ['core'] },
  { name: 'core/verdict.ts', mayImport: ['core'] },
  { name: 'packed-rows.ts', mayImport: ['type core/model'] },
  { name: 'schemas', mayImport: ['core/model', 'core/text.ts', 'packed-rows.ts', 'valibot'] },
  { name: 'messages.ts', mayImport: ['type core/model', 'packed-rows.ts', 'schemas', 'valibot'] },
  { name: 'session-messages.ts', mayImport: ['type core/model', 'schemas', 'valibot'] },
  { name: 'archive', mayImport: ['type core/model', 'schemas', 'idb', 'valibot'] },
  { name: 'observe', mayImport: [...CORE_STAGE, 'valibot', 'type webextension-polyfill'] },
  {
    name: 'background',
    mayImport: [
      ...['core', 'observe', 'archive', 'language.ts', 'messages.ts', 'session-messages.ts', 'schemas'],
      ...['valibot', 'webextension-polyfill'],
    ],
  },
  { name: 'devtools', mayImport: [...PAGE, 'observe'] },
  { name: 'panel', mayImport: [...PAGE, 'packed-rows.ts', 'valibot'] },
  { name: 'popup', mayImport: [...PAGE, 'panel'] },
  // It reads what was recorded, and audits a file that a person brings.
  {
    name: 'sessions',
    mayImport: [
      ...[...PAGE, 'core', 'panel', 'archive', 'schemas'],
      ...['observe/har-file.ts', 'observe/recorded-keys.ts'],
    ],
  },
  { name: 'options', mayImport: [...PAGE, 'core/configure', 'core/model', 'panel'] },
  {
    name: 'cli',
    mayImport: [
      ...['core', 'observe/har-file.ts', 'observe/recorded-keys.ts', 'schemas'],
      ...['tinyglobby', 'valibot', 'node:'],
    ],
  },
  {
    name: 'testing',
    mayImport: [
      ...['core', 'observe/har-entry.ts', 'observe/redirect-fragments.ts', 'observe/teaching.ts'],
      'cli/fetch-anywhere.ts',
      ...['node:', 'valibot'],
    ],
  },
];

/** What the core must not touch: time, keys and everything outside are its arguments. */
const OUTSIDE: readonly (readonly [string, RegExp])[] = [
  ['the extension', /\b(?:chrome|browser)\s*[.?[]/],
  [
    'the page',
    /\b(?:document|window|globalThis|self|location|navigator|localStorage|sessionStorage|indexedDB)\s*[.?[]/,
  ],
  ['the network', /(?<![.\w#])(?:fetch\s*\(|XMLHttpRequest\b|WebSocket\b|EventSource\b)/],
  ['the clock', /\bDate\.now\b|\bnew Date\s*(?:\(\s*\)|[;,)])|(?<![\w.])Date\s*\(\s*\)|\bperformance\s*\./],
  ['timers', /(?<![.\w#])(?:setTimeout|setInterval|setImmediate|queueMicrotask|requestAnimationFrame)\s*\(/],
  ['chance', /\bMath\.random\b|\bcrypto\s*\./],
  ['the process', /\b(?:process|console)\s*\./],
];

interface Import {
  /** Path below src, or the package's specifier. */
  readonly target: string;
  readonly typeOnly: boolean;
}

const FILES = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  .map((file) => file.replaceAll('\\', '/'))
  .filter((file) => /\.tsx?$/.test(file))
  .sort();

function withoutComments(source: string): string {
  return source.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '');
}

/** Strings are words for people, and so are templates but for what they compute. */
function withoutWords(source: string): string {
  return withoutComments(source)
    .replace(/'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"/g, "''")
    .replace(/`(?:[^`\\]|\\.)*`/g, (template) => [...template.matchAll(/\$\{([^}]*)\}/g)].join(';'));
}

function importsOf(file: string, source: string): readonly Import[] {
  const statements = withoutComments(source).matchAll(
    /(?:^|[;\n])\s*(?:import|export)\s+(?:(?<what>[\w*{][^;'"]*?)\s+from\s+)?['"](?<from>[^'"]+)['"]|\bimport\s*\(\s*['"](?<later>[^'"]+)['"]/g,
  );
  return [...statements].map(({ groups = {} }) => {
    const from = groups['from'] ?? groups['later'] ?? '';
    const target = from.startsWith('.') ? posix.join(posix.dirname(file), from) : from;
    return { target, typeOnly: isTypeOnly(groups['what'] ?? '') };
  });
}

function isTypeOnly(what: string): boolean {
  if (/^type\s+[\w*{]/.test(what)) return true;
  const named = /^\{(?<names>[^}]*)\}$/.exec(what.trim())?.groups?.['names'];
  const names = (named ?? '')
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
  return names.length > 0 && names.every((name) => name.startsWith('type '));
}

function isWithin(path: string, name: string): boolean {
  return path === name || path.startsWith(name.endsWith(':') ? name : `${name}/`);
}

function roomOf(file: string): Room | null {
  const rooms = ROOMS.filter(({ name }) => isWithin(file, name));
  return rooms.sort((a, b) => b.name.length - a.name.length)[0] ?? null;
}

function mayImport(room: Room, { target, typeOnly }: Import): boolean {
  if (target.endsWith('.css')) return true;
  if (room.strangers !== true && roomOf(target) === room) return true;
  return room.mayImport.some((allowed) => {
    const name = allowed.replace(/^type /, '');
    return isWithin(target, name) && (typeOnly || name === allowed);
  });
}

function forbidden(file: string, source: string): readonly string[] {
  const room = roomOf(file);
  if (room === null) return ['it is in no room of the table'];
  return importsOf(file, source)
    .filter((one) => !mayImport(room, one))
    .map(({ target, typeOnly }) => `${room.name} must not import ${typeOnly ? 'types of ' : ''}${target}`);
}

function touched(source: string): readonly string[] {
  const code = withoutWords(source);
  return OUTSIDE.filter(([, sign]) => sign.test(code)).map(([what]) => `it touches ${what}`);
}

describe('every file imports only what its room may', () => {
  it.each(FILES)('%s', (file) => {
    expect(forbidden(file, readFileSync(join(SRC, file), 'utf8'))).toEqual([]);
  });
});

describe('the core touches nothing outside', () => {
  it.each(FILES.filter((file) => file.startsWith('core/')))('%s', (file) => {
    expect(touched(readFileSync(join(SRC, file), 'utf8'))).toEqual([]);
  });
});

describe('this test sees', () => {
  it.each([
    ['core/judge/rules/a-b.ts', "import { b } from './b-c.ts';"],
    ['core/judge/rules/a-b.ts', "import { jwtVerify } from 'jose';"],
    ['core/judge/rules/a-b.ts', "import { judge } from '../judge.ts';"],
    ['core/judge/rules/a-b.ts', "import { x } from '../../learn/learn.ts';"],
    ['core/judge/judge.ts', "import { a } from './rules/token-in-url.ts';"],
    ['core/learn/learn.ts', "import { decode } from '../decode/decode.ts';"],
    ['core/model/token.ts', "import { x } from '../syntax/json.ts';"],
    ['core/syntax/json.ts', "import { x } from '../learn/learn.ts';"],
    ['core/audit.ts', "import browser from 'webextension-polyfill';"],
    ['core/audit.ts', "const x = await import('../background/badge.ts');"],
    ['core/audit.ts', "export { x } from '../messages.ts';"],
    ['core/audit.ts', "import '../panel/panel.tsx';"],
    ['observe/har.ts', "import browser, { type WebRequest } from 'webextension-polyfill';"],
    ['panel/panel.tsx', "import { Audit } from '../core/audit.ts';"],
    ['panel/panel.tsx', "import { x, type Y } from '../core/model/view.ts';"],
    ['panel/panel.tsx', "import { Badge } from '../background/badge.ts';"],
    ['messages.ts', "import {\n  type A,\n  b,\n} from './core/model/token.ts';"],
    ['attic/x.ts', ''],
  ])('a forbidden import in %s: %s', (file, source) => {
    expect(forbidden(file, source)).toHaveLength(1);
  });

  it.each([
    ['core/decode/decode.ts', "import { base64url } from 'jose';"],
    ['core/judge/rules/a-b.ts', "import type { Rule } from '../../model/finding.ts';"],
    ['core/judge/rules/index.ts', "import { a } from './token-in-url.ts';"],
    ['core/audit.ts', "import { a } from './verdict.ts';\nimport { b } from './judge/judge.ts';"],
    ['observe/har.ts', "import type { WebRequest } from 'webextension-polyfill';"],
    ['panel/panel.tsx', "import { type A, type B } from '../core/model/view.ts';\nimport './panel.css';"],
    ['core/audit.ts', "/** import x from 'webextension-polyfill' */\n// import 'preact';"],
  ])('an allowed one in %s: %s', (file, source) => {
    expect(forbidden(file, source)).toEqual([]);
  });

  it.each([
    'const now = Date.now();',
    `const said = \`It is \${Date.now()}\`;`,
    'const now = new Date();',
    'const when = new Date;',
    "document.body.append('x');",
    'window.open();',
    'globalThis.fetch(url);',
    'await fetch(url);',
    'browser.tabs.get(1);',
    'chrome?.runtime;',
    "localStorage['x'];",
    'setTimeout(() => undefined, 1);',
    'Math.random();',
    'crypto.subtle;',
    'console.log(1);',
  ])('what touches the outside: %s', (source) => {
    expect(touched(source)).not.toEqual([]);
  });

  it.each([
    "const said = 'the document. Date.now() is the clock';",
    '// document.body\n/* fetch(url) */',
    'readMetadata(document, url);',
    'new Date(at).toISOString();',
    'this.#fetch(url); source.fetch(url);',
    "destination === 'document'",
  ])('and what does not: %s', (source) => {
    expect(touched(source)).toEqual([]);
  });
});
