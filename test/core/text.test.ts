import { afterEach, describe, expect, it } from 'vitest';
import { language, messageKey, messageOf, speak, t } from '../../src/core/text.ts';
import { translating } from '../fixtures/catalogue.ts';

function key(template: TemplateStringsArray, ..._values: readonly string[]): string {
  return messageKey(template);
}

afterEach(() => speak(null));

describe('text for people', () => {
  it('is English where no language was set', () => {
    expect(t`Its audience "${'api'}" names ${2} hosts.`).toBe('Its audience "api" names 2 hosts.');
  });

  it('is in the language that was set, in the order of that language', () => {
    speak(translating({ [key`${''} sent to ${''}`]: 'An $2 ging $1' }));
    expect(t`${'ID token'} sent to ${'api'}`).toBe('An api ging ID token');
  });

  it('is English where the catalogue lacks it', () => {
    speak(translating({}));
    expect(t`Sent to ${'api'}`).toBe('Sent to api');
  });

  it('says which language it is in', () => {
    expect(language()).toEqual({ tag: 'en', direction: 'ltr' });
    speak(translating({}), { tag: 'ar', direction: 'rtl' });
    expect(language()).toEqual({ tag: 'ar', direction: 'rtl' });
    speak(null);
    expect(language()).toEqual({ tag: 'en', direction: 'ltr' });
  });

  it('takes values as they are, whatever they look like', () => {
    speak(translating({ [key`Sent to ${''}, for ${''}`]: '$2: an $1' }));
    expect(t`Sent to ${'$2$$ \ue001'}, for ${'\ue000'}`).toBe('\ue000: an $2$$ \ue001');
  });

  it('may repeat a value or leave one out', () => {
    speak(translating({ [key`${''} of ${''}`]: '$1, $1' }));
    expect(t`${1} of ${2}`).toBe('1, 1');
  });
});

describe('a message', () => {
  it('has a key of letters, digits and underscores that its words can be found by', () => {
    expect(key`Its audience "${''}" names no host.`).toMatch(/^its_audience_names_no_host_[0-9a-f]{8}$/);
    expect(key`…`).toMatch(/^[0-9a-f]{8}$/);
    expect(key`Wie ${''} so ${''}`).not.toBe(key`Wie so ${''} ${''}`);
  });

  it('marks its gaps, and what looks like one', () => {
    expect(messageOf(['Costs $', ' of ', ''])).toBe('Costs $$$1 of $2');
  });
});
