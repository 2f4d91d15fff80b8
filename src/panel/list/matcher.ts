import type { AuditRow } from '../../core/model/view.ts';
import { traitsOf } from '../../packed-rows.ts';
import { type Field, type Query, type QueryValue, type State, stateNamed, type Term } from './query.ts';

export type RowTest = (row: AuditRow) => boolean;

type TextTest = (text: string) => boolean;

/**
 * Makes the test of a query. Made for 100,000 rows at each keystroke: rows share texts and lists, and each is looked at once.
 * It holds what it looked at, and should go when the query does.
 */
export function matcher(query: Query): RowTest {
  const tests = query.terms.map(termTest);
  const [only] = tests;
  if (only === undefined) return () => true;
  if (tests.length === 1) return only;
  return (row) => tests.every((test) => test(row));
}

function termTest(term: Term): RowTest {
  const test = term.field === null ? wordTest(anyOf(term.values)) : fieldTest(term.field, term.values);
  return term.isNegated ? (row) => !test(row) : test;
}

/** A word is looked for in all that a line of the list says. */
function wordTest(text: TextTest): RowTest {
  const list = listTest(text);
  const one = remembered(text);
  const others = traitsTest(
    (row) =>
      one(row.host) ||
      one(row.method) ||
      list(row.failed) ||
      list(row.audiences) ||
      list(row.issuers) ||
      list(row.clients) ||
      list(row.kinds),
  );
  return (row) => others(row) || text(row.path);
}

/** A test of what rows share, which is done once for all of them that do. */
function traitsTest(test: RowTest): RowTest {
  const known = new Map<object, boolean>();
  return (row) => {
    const traits = traitsOf(row);
    if (traits === null) return test(row);
    const before = known.get(traits);
    if (before !== undefined) return before;
    const result = test(row);
    if (known.size < MOST) known.set(traits, result);
    return result;
  };
}

function fieldTest(field: Field, values: readonly QueryValue[]): RowTest {
  const text = anyOf(values);
  const list = listTest(text);
  const one = remembered(text);
  switch (field) {
    case 'host':
      return (row) => one(row.host);
    case 'path':
      return (row) => text(row.path);
    case 'method':
      return (row) => one(row.method);
    case 'status':
      return statusTest(values);
    case 'kind': {
      const kinds = listTest(
        anyOf(values.map((value) => ({ ...value, text: value.text.replace(/[\s-]/g, '_') }))),
      );
      return (row) => kinds(row.kinds);
    }
    case 'aud':
      return (row) => list(row.audiences);
    case 'iss':
      return (row) => list(row.issuers);
    case 'client':
      return (row) => list(row.clients);
    case 'rule':
      return (row) => list(row.failed) || list(row.cantTell) || list(row.accepted);
    case 'in':
      return (row) => list(row.locations);
    case 'token':
      return (row) => list(row.tokens);
    case 'is':
      return stateTest(values.flatMap((value) => stateNamed(value.text) ?? []));
  }
}

/** `401`, `4xx`, `4*`: from the beginning. */
function statusTest(values: readonly QueryValue[]): RowTest {
  const patterns = values.map(({ text }) => text.toLowerCase().replace(/[x*]+$/, ''));
  return ({ status }) => status !== null && patterns.some((pattern) => String(status).startsWith(pattern));
}

function stateTest(states: readonly State[]): RowTest {
  const isIn = (row: AuditRow, state: State): boolean => {
    switch (state) {
      case 'failed':
        return row.failed.length > 0;
      case 'cant-tell':
        return row.verdict === 'cantTell';
      case 'pending':
        return row.status === null;
      default:
        return row.verdict === state;
    }
  };
  return (row) => states.some((state) => isIn(row, state));
}

function anyOf(values: readonly QueryValue[]): TextTest {
  const tests = values.map(valueTest);
  const [only] = tests;
  return only !== undefined && tests.length === 1 ? only : (text) => tests.some((test) => test(text));
}

/** Somewhere in the text; with a `*`, the whole text. Upper and lower case are alike. */
function valueTest({ text: typed, isQuoted }: QueryValue): TextTest {
  const wanted = typed.toLowerCase();
  if (isQuoted || !wanted.includes('*')) return (text) => text.toLowerCase().includes(wanted);
  const parts = wanted.split('*');
  return (text) => matchesParts(text.toLowerCase(), parts);
}

/** Whether a text is these parts in their order, with anything between them. Its time is linear, whatever the pattern. */
function matchesParts(text: string, parts: readonly string[]): boolean {
  const first = parts[0] ?? '';
  const last = parts.at(-1) ?? '';
  if (!text.startsWith(first) || !text.endsWith(last) || text.length < first.length + last.length)
    return false;
  let at = first.length;
  const end = text.length - last.length;
  for (const part of parts.slice(1, -1)) {
    const found = text.indexOf(part, at);
    if (found < 0 || found + part.length > end) return false;
    at = found + part.length;
  }
  return true;
}

/** Distinct texts that are remembered; where there are more, they are looked at again. */
const MOST = 10_000;

function remembered(test: TextTest): TextTest {
  const known = new Map<string, boolean>();
  return (text) => {
    const before = known.get(text);
    if (before !== undefined) return before;
    const result = test(text);
    if (known.size < MOST) known.set(text, result);
    return result;
  };
}

function listTest(test: TextTest): (list: readonly string[]) => boolean {
  const known = new Map<readonly string[], boolean>();
  const one = remembered(test);
  return (list) => {
    if (list.length === 0) return false;
    const before = known.get(list);
    if (before !== undefined) return before;
    const result = list.some(one);
    if (known.size < MOST) known.set(list, result);
    return result;
  };
}
