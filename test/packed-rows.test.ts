import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AuditRow } from '../src/core/model/view.ts';
import { readToPanel, writeToPanel } from '../src/messages.ts';
import { traitsOf } from '../src/packed-rows.ts';
import { matcher } from '../src/panel/list/matcher.ts';
import { readQuery } from '../src/panel/list/query.ts';
import { problem, row } from './panel/rows.ts';

/** As it arrives in a panel: Chromium's messages are JSON. */
function sent(rows: readonly AuditRow[]): unknown {
  return JSON.parse(JSON.stringify(writeToPanel({ type: 'audit/rows', reset: false, rows })));
}

function arrived(rows: readonly AuditRow[]): readonly AuditRow[] | null {
  const message = readToPanel(sent(rows));
  return message?.type === 'audit/rows' ? message.rows : null;
}

describe('packed rows', () => {
  it('arrive as they were, whatever they say', () => {
    const text = fc.string({ unit: 'binary', maxLength: 20 });
    const texts = fc.array(text, { maxLength: 3 });
    const anyRow = fc.record({
      order: fc.nat(),
      at: fc.double({ noNaN: true, noDefaultInfinity: true, min: 1 }),
      path: text,
      status: fc.option(fc.nat(999)),
      audiences: texts,
      clients: texts,
      failed: texts,
    });
    fc.assert(
      fc.property(fc.array(anyRow), (some) => {
        const rows = some.map((over, order) => row(order, over));
        expect(arrived(rows)).toEqual(rows);
      }),
    );
  });

  it('two lists are one only where all their texts are', () => {
    const rows = [
      row(1, { audiences: ['a\nb'] }),
      row(2, { audiences: ['a', 'b'] }),
      row(3, { audiences: ['a,b'] }),
    ];
    expect(arrived(rows)?.map(({ audiences }) => audiences)).toEqual(rows.map(({ audiences }) => audiences));
  });

  it('have the same traits, also in another message, where they differ in their own place only', () => {
    const [one, moved] = arrived([row(1), row(2, { path: '/other', status: 404 })]) ?? [];
    const [later, elsewhere] = arrived([row(3), row(4, { host: 'other.test' })]) ?? [];
    const traits = [one, moved, later, elsewhere].map((each) => (each === undefined ? null : traitsOf(each)));
    expect(traits[0]).not.toBeNull();
    expect(traits[1]).toBe(traits[0]);
    expect(traits[2]).toBe(traits[0]);
    expect(traits[3]).not.toBe(traits[0]);
    expect(traitsOf(row(1))).toBeNull();
  });

  it('are found by the words by which the same rows are found that were never packed', () => {
    const word = fc.constantFrom('a', 'b', 'ab', 'get', 'api', 'x');
    const anyRow = fc.record({ host: word, path: word, audiences: fc.array(word), failed: fc.array(word) });
    fc.assert(
      fc.property(fc.array(anyRow), word, fc.boolean(), (some, typed, isNegated) => {
        const rows = some.map((over, order) => row(order, over));
        const query = readQuery(`${isNegated ? '-' : ''}${typed}`);
        const test = matcher(query);
        expect((arrived(rows) ?? []).map(test)).toEqual(rows.map(matcher(query)));
      }),
    );
  });

  it('say once what many rows say', () => {
    const rows = Array.from({ length: 2_000 }, (_, order) => row(order));
    expect(JSON.stringify(sent(rows)).length / rows.length).toBeLessThan(80);
    expect(JSON.stringify(rows).length / rows.length).toBeGreaterThan(300);
  });

  it.each([
    ['a kind that there is not', (json: string) => json.replace('access_token', 'magic_token')],
    ['a place that there is not', (json: string) => json.replace('authorization_header', 'thin_air')],
    ['a verdict that there is not', (json: string) => json.replace('"error"', '"fatal"')],
    ['a number too few', (json: string) => json.replace(/,-?\d+\]\}\}$/, ']}}')],
    ['a word that is none', (json: string) => json.replace('"x1"', '7')],
    ['a place in no list', (json: string) => json.replace(/"lists":\[\[\d+\]/, '"lists":[[9999]')],
    ['no rows', (json: string) => json.replace('"rows":[', '"lines":[')],
  ])('with %s are not taken', (_what, spoil) => {
    const json = JSON.stringify(sent([problem(1)]));
    expect(spoil(json)).not.toBe(json);
    expect(readToPanel(JSON.parse(spoil(json)))).toBeNull();
  });
});
