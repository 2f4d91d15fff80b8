import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inflate } from '../../src/cli/inflate.ts';
import { type HarExchange, HarReader, readHar } from '../../src/observe/har-file.ts';
import { type HarPart, HarScanner, MAX_ENTRY_BYTES } from '../../src/observe/har-scanner.ts';
import { harEntry, harFile, harJson } from '../fixtures/har.ts';

const options = { idOf: String, inflate };

/** Reads a file in pieces of these sizes, which all lie in one and the same memory. */
function inPieces(bytes: Uint8Array, sizes: readonly number[]) {
  const exchanges: HarExchange[] = [];
  const reader = new HarReader(options, (exchange) => exchanges.push(exchange));
  const memory = Buffer.alloc(Math.max(1, ...sizes));
  for (let at = 0, turn = 0; at < bytes.length; turn++) {
    const size = Math.max(1, sizes[turn % sizes.length] ?? 1);
    const piece = bytes.subarray(at, at + size);
    memory.set(piece);
    reader.push(memory.subarray(0, piece.length));
    memory.fill(0x21);
    at += size;
  }
  return { ...reader.end(), exchanges };
}

const long = 'say "hi" \\ \n ü {[ '.repeat(700);
const file = harFile(
  [
    harEntry({ url: 'https://a.example/', response: harJson({ access_token: long, text: long }) }),
    harEntry({
      url: 'https://b.example/',
      method: 'POST',
      request: { postData: { mimeType: 'application/json', text: long } },
    }),
    harEntry({ url: 'https://c.example/', entry: { comment: '\\\\"' } }),
  ],
  { pages: [{ id: 'p', title: 'https://a.example/' }], comment: 'x'.repeat(5000) },
);

describe('a file that comes in pieces', () => {
  const bytes = Buffer.from(JSON.stringify(JSON.parse(file), null, 2));
  const whole = readHar(bytes, options);

  it('long texts of bodies are read as they are', () => {
    expect(whole.exchanges.map(({ exchange }) => exchange.requestBody)).toContainEqual({
      ...{ form: 'text', mediaType: 'application/json', text: long },
    });
    expect(JSON.stringify(whole)).not.toContain('aud-it/cut');
  });

  it('is read the same, wherever it is cut, though the memory of its pieces is used again', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 4000 }), { minLength: 1, maxLength: 6 }), (sizes) => {
        expect(inPieces(bytes, sizes)).toEqual(whole);
      }),
      { numRuns: 60 },
    );
    expect(inPieces(bytes, [1])).toEqual(whole);
    expect(inPieces(Buffer.from(bytes.toString('utf8'), 'utf16le'), [1, 3, 1000])).toEqual(whole);
  });

  it('that breaks off anywhere gives what stands before, and a place within it', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: bytes.length - 1 }), (cut) => {
        const { exchanges, problem } = inPieces(bytes.subarray(0, cut), [997]);
        expect(exchanges.length).toBeLessThanOrEqual(3);
        expect(problem?.text).toMatch(/^it ends /);
      }),
      { numRuns: 60 },
    );
  });
});

describe('members in any order', () => {
  const entry = JSON.stringify(harEntry({ url: 'https://a.example/' }));

  it.each([
    ['entries before all others', `{"log":{"entries":[${entry}],"creator":{"name":"x"},"version":"1.2"}}`],
    [
      'other members about the log',
      `{"a":[1,{"log":2}],"log":{"x":"entries","entries":[${entry}]},"b":null}`,
    ],
    ['entries twice', `{"log":{"entries":[],"entries":[${entry}]}}`],
    ['names that objects have', `{"__proto__":{"log":1},"log":{"constructor":[],"entries":[${entry}]}}`],
  ])('%s', (_what, text) => {
    expect(readHar(text, options)).toMatchObject({ entries: 1, problem: null });
  });

  it('what began earlier comes earlier, wherever it stands', () => {
    const at = (second: number) =>
      harEntry({ url: `https://h${second}.example/`, at: `2026-01-01T00:00:0${second}Z` });
    const { exchanges } = readHar(harFile([at(3), at(1), at(2)]), options);
    expect(exchanges.map(({ index }) => index)).toEqual([1, 2, 0]);
  });
});

describe('a hostile file', () => {
  it('an entry that is too large or too deep is named and left out, the others are read', () => {
    const big = harEntry({ url: 'https://big.example/', entry: { comment: 'x'.repeat(MAX_ENTRY_BYTES) } });
    const deep = `${'{"a":['.repeat(5000)}${']}'.repeat(5000)}`;
    const text = harFile([big, 1, harEntry({ url: 'https://a.example/' })]).replace(',1,', `,${deep},`);
    const reading = readHar(text, options);
    expect(reading.exchanges.map(({ index }) => index)).toEqual([2]);
    expect(reading.malformed?.text).toBe('entry 0 is larger than 32 MiB, or nested too deeply');
    expect(reading.unseen).toEqual([{ reason: 'entry_malformed', count: 2 }]);
  });

  it('tells the line and column of each entry', () => {
    const places: (readonly number[])[] = [];
    const scanner = new HarScanner(({ line, column }: HarPart) => places.push([line, column]));
    scanner.push(Buffer.from('{"log":\n {"entries": [\n  {\n},\n   {}]}}'));
    expect(scanner.end()).toBeNull();
    expect(places).toEqual([
      [3, 3],
      [5, 4],
    ]);
  });
});
