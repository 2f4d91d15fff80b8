import { describe, expect, it } from 'vitest';
import { CookieLooks } from '../../src/background/cookie-looks.ts';
import { AT } from '../fixtures/case.ts';
import { exchange } from '../fixtures/exchange.ts';

const request = exchange({ url: 'https://api.example/things' });

describe('the network log is asked for cookies', () => {
  it('once for an origin, and again after a while', () => {
    const looks = new CookieLooks();
    expect(looks.isDue(request)).toBe(true);
    expect(looks.isDue({ ...request, url: 'https://api.example/others?a#b', at: AT + 19_999 })).toBe(false);
    expect(looks.isDue({ ...request, at: AT + 20_000 })).toBe(true);
    expect(looks.isDue({ ...request, at: AT + 20_001 })).toBe(false);
  });

  it('of each origin in each tab', () => {
    const looks = new CookieLooks();
    expect(looks.isDue(request)).toBe(true);
    expect(looks.isDue({ ...request, url: 'https://app.example/' })).toBe(true);
    expect(looks.isDue({ ...request, tab: 2 })).toBe(true);
  });

  it.each([{ destination: 'document' }, { url: 'wss://api.example/' }] as const)('always of %j', (told) => {
    const looks = new CookieLooks();
    expect(looks.isDue({ ...request, ...told })).toBe(true);
    expect(looks.isDue({ ...request, ...told })).toBe(true);
  });

  it.each([{ destination: 'asset' }, { method: 'OPTIONS' }] as const)(
    'never of %j, which changes nothing',
    (told) => {
      const looks = new CookieLooks();
      expect(looks.isDue({ ...request, ...told })).toBe(false);
      expect(looks.isDue(request)).toBe(true);
    },
  );

  it('remembers a thousand origins', () => {
    const looks = new CookieLooks();
    for (let at = 0; at < 1_001; at++) looks.isDue({ ...request, url: `https://a${at}.example/` });
    expect(looks.isDue({ ...request, url: 'https://a0.example/' })).toBe(true);
    expect(looks.isDue({ ...request, url: 'https://a1000.example/' })).toBe(false);
  });
});
