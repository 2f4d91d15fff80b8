import { describe, expect, it } from 'vitest';
import { READ_STORAGE, readPageStorage } from '../../src/observe/page-storage.ts';

interface FakeStorage {
  readonly length: number;
  readonly key: (index: number) => string | null;
  readonly getItem: (key: string) => string | null;
}

function storageOf(entries: Readonly<Record<string, string>>): FakeStorage {
  const keys = Object.keys(entries);
  return {
    length: keys.length,
    key: (index) => keys[index] ?? null,
    getItem: (key) => entries[key] ?? null,
  };
}

/** Evaluates the expression as a page would. */
function inPage(local: Readonly<Record<string, string>>, session: Readonly<Record<string, string>> = {}) {
  const window = { localStorage: storageOf(local), sessionStorage: storageOf(session) };
  const answer: unknown = new Function('window', 'location', `return ${READ_STORAGE}`)(window, {
    origin: 'https://app.example',
  });
  return readPageStorage(answer);
}

describe('reading a page’s storage', () => {
  it('reads what client libraries keep, and nothing else', () => {
    const read = inPage(
      { 'okta-token-storage': '{}', 'my-diary': 'secret', theme: 'dark' },
      { 'oidc.user:https://as.example:app': '{}' },
    );
    expect(read).toEqual({
      origin: 'https://app.example',
      entries: [
        { area: 'local', key: 'okta-token-storage', value: '{}' },
        { area: 'session', key: 'oidc.user:https://as.example:app', value: '{}' },
      ],
    });
  });

  it('leaves out what is too long, and stops at 64 entries', () => {
    const many = Object.fromEntries(Array.from({ length: 100 }, (_, index) => [`msal.${index}`, 'x']));
    expect(inPage(many)?.entries).toHaveLength(64);
    expect(inPage({ 'msal.x': 'x'.repeat(70_000), 'msal.y': 'y' })?.entries).toHaveLength(1);
  });

  it('a storage that the page may not touch is passed over', () => {
    const window = {
      get localStorage(): never {
        throw new Error('SecurityError');
      },
      sessionStorage: storageOf({ 'msal.x': 'x' }),
    };
    const answer: unknown = new Function('window', 'location', `return ${READ_STORAGE}`)(window, {
      origin: 'null',
    });
    expect(readPageStorage(answer)?.entries).toHaveLength(1);
  });

  it.each([
    [undefined],
    [42],
    ['not JSON'],
    ['{}'],
    [JSON.stringify({ origin: 'x', entries: [{ area: 'cookie', key: 'a', value: 'b' }] })],
    [JSON.stringify({ origin: 'x', entries: Array(65).fill({ area: 'local', key: 'a', value: 'b' }) })],
    [JSON.stringify({ origin: 'x', entries: [{ area: 'local', key: 'a', value: 'b'.repeat(70_000) }] })],
    [' '.repeat(1_100_000)],
  ])('does not take what a page made up (%#)', (answer) => {
    expect(readPageStorage(answer)).toBeNull();
  });
});
