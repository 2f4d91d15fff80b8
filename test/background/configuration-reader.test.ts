import { beforeEach, describe, expect, it, vi } from 'vitest';
import { ConfigurationReader } from '../../src/background/configuration-reader.ts';
import { type Configuration, NO_CONFIGURATION } from '../../src/core/model/configuration.ts';

type Changes = Record<string, { newValue?: unknown }>;

const { local, listeners } = vi.hoisted(() => {
  const told: ((changes: Changes) => void)[] = [];
  return {
    listeners: told,
    local: {
      get: async (): Promise<Record<string, unknown>> => ({}),
      onChanged: { addListener: (listener: (changes: Changes) => void) => void told.push(listener) },
    },
  };
});
vi.mock('webextension-polyfill', () => ({ default: { storage: { local } } }));

let changed: Configuration[];
let reader: ConfigurationReader;

beforeEach(() => {
  changed = [];
  listeners.length = 0;
  reader = new ConfigurationReader((configuration) => changed.push(configuration));
});

describe('the kept configuration', () => {
  it.each([
    [{}, NO_CONFIGURATION],
    [{ configuration: { strict: true } }, { ...NO_CONFIGURATION, strict: true }],
    [{ configuration: { strict: 'yes' } }, NO_CONFIGURATION],
  ])('%j is read', async (stored, configuration) => {
    local.get = async () => stored;
    expect(await reader.read()).toEqual(configuration);
  });

  it('that the browser does not give is none', async () => {
    local.get = () => Promise.reject(new Error('no storage'));
    expect(await reader.read()).toEqual(NO_CONFIGURATION);
  });

  it('is told of when it changes, and of nothing else that is kept', () => {
    for (const listener of listeners) {
      listener({ other: { newValue: 1 } });
      listener({ configuration: { newValue: { strict: true } } });
      listener({ configuration: {} });
    }
    expect(changed).toEqual([{ ...NO_CONFIGURATION, strict: true }, NO_CONFIGURATION]);
  });
});
