import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Audit } from '../src/core/audit.ts';
import {
  type FromDevtools,
  type FromPanel,
  readFromDevtools,
  readFromPanel,
  readFromPopup,
  readToPanel,
  readToPopup,
  type ToPanel,
  writeToPanel,
} from '../src/messages.ts';
import { bearer, exchange, form, json } from './fixtures/exchange.ts';
import { jwt } from './fixtures/jwt.ts';

const READERS = [readFromDevtools, readFromPanel, readFromPopup, readToPanel, readToPopup];

/** As it arrives at the other side: Chromium's messages are JSON. */
function sent<T>(message: T): unknown {
  return JSON.parse(JSON.stringify(message));
}

describe('from the devtools page', () => {
  it.each([
    exchange({ url: 'https://api.example/', requestHeaders: bearer('t'), response: json({ a: 1 }) }),
    exchange({ url: 'https://api.example/', tab: null, initiator: null, requestBody: form({ a: 'b' }) }),
    exchange({ url: '', requestBody: { form: 'unseen', reason: 'body_too_large' }, destination: 'document' }),
  ])('an exchange arrives as it was sent', (one) => {
    const message: FromDevtools = { type: 'devtools/exchanges', exchanges: [one] };
    expect(readFromDevtools(sent(message))).toEqual(message);
  });

  it('what else a browser adds is left behind', () => {
    expect(readFromDevtools({ type: 'devtools/observe', tab: 3, extra: 'x' })).toEqual({
      type: 'devtools/observe',
      tab: 3,
    });
    expect(readFromDevtools({ type: 'devtools/keep-awake' })).toEqual({ type: 'devtools/keep-awake' });
  });

  it.each([
    ['a time that is no number', { ...exchange({ url: 'x' }), at: Number.NaN }],
    ['an unknown witness', { ...exchange({ url: 'x' }), witness: 'hearsay' }],
    ['a body of unknown form', { ...exchange({ url: 'x' }), requestBody: { form: 'stream' } }],
    ['no headers', { ...exchange({ url: 'x' }), requestHeaders: null }],
  ])('an exchange with %s is not taken', (_what, one) => {
    expect(readFromDevtools({ type: 'devtools/exchanges', exchanges: [one] })).toBeNull();
  });
});

describe('from the panel and the popup', () => {
  it.each([
    { type: 'panel/open', tab: 1 },
    { type: 'panel/select', exchange: 'w1' },
    { type: 'panel/select', exchange: null },
    { type: 'panel/clear' },
    { type: 'panel/open-access-page' },
  ] satisfies FromPanel[])('$type arrives as it was sent', (message) => {
    expect(readFromPanel(sent(message))).toEqual(message);
  });

  it('popup/open arrives as it was sent', () => {
    expect(readFromPopup({ type: 'popup/open', tab: 1 })).toEqual({ type: 'popup/open', tab: 1 });
  });

  it('a message of the other direction, or of another port, is none', () => {
    expect(readFromPanel({ type: 'audit/coverage', coverage: {} })).toBeNull();
    expect(readFromPanel({ type: 'devtools/keep-awake' })).toBeNull();
    expect(readFromDevtools({ type: 'panel/clear' })).toBeNull();
  });
});

describe('to the panel and the popup', () => {
  it('everything that an audit says of an exchange arrives as it was sent', () => {
    const audit = new Audit();
    const token = jwt(
      { alg: 'none', x: [1] },
      { iss: 'https://login.example', aud: ['a'], exp: 1e308, nbf: 'x', '': null },
      '',
    );
    const one = exchange({
      url: `https://api.example/?id_token=${token}&access_token=opaque`,
      requestHeaders: bearer(token),
    });
    audit.observe(one);
    audit.unseen('log_full');
    const messages: readonly ToPanel[] = [
      { type: 'audit/rows', reset: true, rows: audit.rows(1) },
      { type: 'audit/detail', detail: audit.detail(one.id) },
      { type: 'audit/detail', detail: null },
      { type: 'audit/coverage', coverage: audit.coverage(1) },
      { type: 'audit/access', access: { granted: false, missing: ['https://*/*'] } },
    ];
    for (const message of messages) {
      expect(readToPanel(sent(writeToPanel(message)))).toEqual(message);
      expect(readToPanel(structuredClone(writeToPanel(message)))).toEqual(message);
    }
  });

  it('the popup’s status arrives as it was sent', () => {
    const message = {
      type: 'audit/status',
      observing: true,
      errors: 2,
      access: { granted: true, missing: [] },
    };
    expect(readToPopup(sent(message))).toEqual(message);
    expect(readToPopup({ ...message, errors: '2' })).toBeNull();
  });
});

it('no reader throws, whatever arrives', () => {
  fc.assert(
    fc.property(fc.anything({ withNullPrototype: true, withBigInt: true, withMap: true }), (message) => {
      for (const read of READERS) expect(read(message)).toBeNull();
    }),
  );
});
