import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { HarReading } from '../../src/observe/har-file.ts';
import { harEntry, harFile, readHarText as read, STARTED } from '../fixtures/har.ts';

describe('a broken file', () => {
  const three = ['a', 'b', 'c'].map((name) => harEntry({ url: `https://${name}.example/` }));
  const hosts = (reading: HarReading) => reading.exchanges.map(({ exchange }) => new URL(exchange.url).host);

  it('that was cut off gives what stands before, and names the place', () => {
    const text = JSON.stringify(JSON.parse(harFile(three)), null, 1);
    const reading = read(text.slice(0, text.indexOf('c.example')));
    expect(hosts(reading)).toEqual(['a.example', 'b.example']);
    expect(reading.problem).toMatchObject({
      text: 'it ends within entry 2',
      line: text.split('\n').findIndex((line) => line.includes('c.example')) + 1,
    });
  });

  it('in which one entry is damaged gives the others, and names the entry and its place', () => {
    const text = harFile(three).replace('"https://b.example/"', '"https://b.example/" oops');
    const reading = read(text);
    expect(hosts(reading)).toEqual(['a.example', 'c.example']);
    expect(reading.problem).toBeNull();
    expect(reading.malformed).toMatchObject({ text: 'entry 1 is no request with a URL', line: 1 });
    expect(reading.malformed?.column).toBe(text.indexOf('{"startedDateTime"', text.indexOf('a.example')) + 1);
    expect(reading.unseen).toEqual([{ reason: 'entry_malformed', count: 1 }]);
  });

  it.each([
    ['', 'it is empty'],
    [' \n\t', 'it is empty'],
    ['<html>', 'the file is no JSON object'],
    ['[]', 'the file is no JSON object'],
    ['{}', 'it is no HAR: it has no "log.entries"'],
    ['{"log":{}}', 'it is no HAR: it has no "log.entries"'],
    ['{"log":[]}', '"log" is no JSON object'],
    ['{"log":{"entries":{}}}', '"log.entries" is no JSON array'],
    ['{"log":{"entries":[', 'it ends where entry 0 is due'],
    ['{"log":{"entries":[]}} and more', 'there is more after the end of the HAR'],
    ['{"log":{"entries":[] "version":1}}', '"log" is no JSON here'],
    ['{"log":{entries:[]}}', 'a member of "log" has no name'],
    ['{"log":{"entries"}}', 'a member of "log" has no value'],
    ['{"log":{"version":"1', 'it ends within a value'],
  ])('%s', (text, what) => {
    expect(read(text)).toMatchObject({ exchanges: [], problem: { text: what } });
  });

  it('a comma too many after the last entry is let pass', () => {
    expect(read(harFile(three).replace(/\}\]\}\}$/, '},]}}'))).toMatchObject({ problem: null, entries: 3 });
  });

  it('quotes, backslashes and brackets in strings end nothing', () => {
    const odd = harEntry({ url: 'https://a.example/', entry: { comment: '\\"}]\\\\"{[\\' } });
    expect(read(harFile([odd, odd])).exchanges).toHaveLength(2);
  });

  it('whatever is in the file, it never throws', () => {
    const json = fc.jsonValue();
    const hostile = fc.record(
      {
        startedDateTime: fc.oneof(json, fc.constant(STARTED)),
        pageref: json,
        request: fc.oneof(
          json,
          fc.record(
            { url: fc.oneof(json, fc.webUrl()), headers: json, postData: json, cookies: json },
            { requiredKeys: [] },
          ),
        ),
        response: fc.oneof(
          json,
          fc.record({ status: json, headers: json, content: json }, { requiredKeys: [] }),
        ),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(fc.array(hostile, { maxLength: 4 }), json, fc.nat(2000), (entries, pages, cut) => {
        const text = harFile(entries, { pages });
        for (const some of [text, text.slice(0, cut)]) {
          const { exchanges } = read(some);
          expect(exchanges.length).toBeLessThanOrEqual(entries.length);
        }
      }),
    );
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => void read(text)));
  });
});
