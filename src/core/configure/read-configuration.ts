import * as v from 'valibot';
import type { Configuration, ConfigurationProblem } from '../model/configuration.ts';
import { findJsonProblem } from '../syntax/json-problem.ts';
import { t } from '../text.ts';
import { configurationSchema, WORDS_BY_EXPECTATION } from './schema.ts';
import { suggest } from './suggest.ts';

/** A configuration, or all that is wrong with it: at least one problem. */
export type Reading =
  | { readonly configuration: Configuration }
  | { readonly problems: readonly ConfigurationProblem[] };

/** More than anybody writes. */
const MAX_CHARACTERS = 262_144;
/** More problems help nobody. */
const MAX_PROBLEMS = 50;

/** Reads the text of an `aud-it.config.json`. A byte order mark is no mistake. */
export function readConfiguration(text: string): Reading {
  if (text.length > MAX_CHARACTERS)
    return wrong(t`expected at most ${MAX_CHARACTERS} characters, found ${text.length}`);
  const json = text.replace(/^\uFEFF/, '');
  const problem = findJsonProblem(json);
  if (problem !== null) return wrong(t`line ${problem.line}, column ${problem.column}: ${problem.text}`);
  return checkConfiguration(JSON.parse(json));
}

/** The same for a value that was read already: of a form, of storage. */
export function checkConfiguration(value: unknown): Reading {
  const strange = strangeParts(value);
  const result = v.safeParse(configurationSchema, value);
  if (result.success && strange.length === 0) {
    const { $schema: _where, severities, ...rest } = result.output;
    const chosen = Object.entries(severities).flatMap(([rule, level]) =>
      level === undefined ? [] : [[rule, level] as const],
    );
    return { configuration: { ...rest, severities: Object.fromEntries(chosen) } };
  }
  const issues = result.issues ?? [];
  const known = issues.map((issue) => problemOf(issue, value));
  const meant = new Set(known.flatMap(({ instead }) => instead ?? []));
  const lists = strange.map(({ path }) => `${path}.`);
  const told = known.filter(
    ({ path, isMissing }) => !isMissing || !(meant.has(path) || lists.some((list) => path.startsWith(list))),
  );
  const all = [...strange, ...told].map(({ path, text }) => ({ path, text }));
  // What is said of a part first is what is to be put right first.
  const problems = all.filter(({ path }, index) => all.findIndex((other) => other.path === path) === index);
  return { problems: problems.slice(0, MAX_PROBLEMS) };
}

/** One line for people: where, and what. */
export function problemLine({ path, text }: ConfigurationProblem): string {
  return path === '' ? text : `${path}: ${text}`;
}

/** The text of a file that is read back as the same. */
export function configurationText(configuration: Configuration): string {
  const { clients, resources, trustedIssuers, severities, acceptedByDesign, strict } = configuration;
  const said = { clients, resources, trustedIssuers, severities, acceptedByDesign, strict };
  return `${JSON.stringify(said, null, 2)}\n`;
}

type Issue = v.InferIssue<typeof configurationSchema>;

interface Told extends ConfigurationProblem {
  readonly isMissing?: boolean;
  /** The path of the member that was most likely meant. */
  readonly instead?: string;
}

function wrong(text: string): Reading {
  return { problems: [{ path: '', text }] };
}

function problemOf(issue: Issue, value: unknown): Told {
  const keys = (issue.path ?? []).map(({ key }) => key);
  const path = pathOf(keys);
  const parent = keys.slice(0, -1);
  if (issue.type === 'strict_object' && issue.expected === 'never')
    return unknownMember(String(keys.at(-1)), parent, value);
  if (issue.type === 'strict_object' && issue.received === 'undefined')
    return { path, text: t`it is required, and missing`, isMissing: true };
  if (issue.type === 'check') return { path, text: t`expected ${issue.message}` };
  const words = WORDS_BY_EXPECTATION.get(issue.expected ?? '') ?? [];
  const near = typeof issue.input === 'string' ? suggest(issue.input, words) : null;
  const [expected, instead] = [issue.message, found(issue.input)];
  return {
    path,
    text:
      near === null
        ? t`expected ${expected}, found ${instead}`
        : t`expected ${expected}, found ${instead} (did you mean "${near}"?)`,
  };
}

function unknownMember(name: string, parent: readonly unknown[], value: unknown): Told {
  const known = membersAt(parent);
  const here = memberNames(value, parent);
  const near = suggest(
    name,
    known.filter((other) => !here.includes(other)),
  );
  const text =
    parent[0] === 'severities'
      ? unknownRule(quoted(name), near)
      : near === null
        ? t`unknown key ${quoted(name)}: there are ${known.join(', ')}`
        : t`unknown key ${quoted(name)}: did you mean "${near}"?`;
  const path = pathOf([...parent, name]);
  return near === null ? { path, text } : { path, text, instead: pathOf([...parent, near]) };
}

function unknownRule(name: string, near: string | null): string {
  return near === null
    ? t`unknown rule ${name}: the documentation lists the rules`
    : t`unknown rule ${name}: did you mean "${near}"?`;
}

/** The names that an object at a place of the configuration may have. */
function membersAt(keys: readonly unknown[]): readonly string[] {
  let schema: unknown = configurationSchema;
  for (const key of keys) {
    const entries = read(schema, 'entries');
    schema = typeof key === 'number' ? read(schema, 'item') : read(entries, String(key));
  }
  const entries = read(schema, 'entries');
  return typeof entries === 'object' && entries !== null ? Object.keys(entries) : [];
}

/** A part of a schema, also where that is wrapped as optional, or in a pipe. */
function read(schema: unknown, name: string): unknown {
  if (typeof schema !== 'object' || schema === null) return undefined;
  if (Object.hasOwn(schema, name)) return Object.entries(schema).find(([key]) => key === name)?.[1];
  return 'wrapped' in schema ? read(schema.wrapped, name) : undefined;
}

function memberNames(value: unknown, keys: readonly unknown[]): readonly string[] {
  let at = value;
  for (const key of keys) at = read(at, String(key));
  return typeof at === 'object' && at !== null ? Object.keys(at) : [];
}

/** What the library lets through: a list in an object's place, and members named as every object has them. */
function strangeParts(value: unknown): readonly ConfigurationProblem[] {
  const places: readonly (readonly (string | number)[])[] = [
    [],
    ['severities'],
    ...['clients', 'resources', 'acceptedByDesign'].flatMap((name) =>
      memberNames(value, [name])
        .slice(0, MAX_PROBLEMS)
        .map((index) => [name, Number(index)]),
    ),
  ];
  return places.flatMap((keys) => {
    let at = value;
    for (const key of keys) at = read(at, String(key));
    if (Array.isArray(at)) return [{ path: pathOf(keys), text: t`expected an object, found ${found(at)}` }];
    return memberNames(value, keys)
      .filter((name) => name in Object.prototype)
      .map((name) => unknownMember(name, keys, value));
  });
}

function pathOf(keys: readonly unknown[]): string {
  return keys.reduce<string>((path, key) => {
    if (typeof key === 'number') return `${path}[${key}]`;
    const name = String(key);
    if (!/^[\w$-]+$/.test(name)) return `${path}[${quoted(name)}]`;
    return path === '' ? name : `${path}.${name}`;
  }, '');
}

function found(value: unknown): string {
  if (value === undefined) return t`nothing`;
  if (Array.isArray(value)) return value.length === 0 ? t`an empty list` : t`a list of ${value.length}`;
  if (typeof value === 'object' && value !== null) return t`an object`;
  return typeof value === 'string' ? quoted(value) : String(value);
}

function quoted(text: string): string {
  return JSON.stringify(text.length > 80 ? `${text.slice(0, 80)}…` : text);
}
