import { describe, expect, it } from 'vitest';
import { ALL_RULES } from '../../../src/core/judge/rules/index.ts';
import { SDK_FIXES } from '../../../src/core/judge/sdk-fix-texts.ts';
import { withSdkFix } from '../../../src/core/judge/sdk-fixes.ts';
import type { Finding } from '../../../src/core/model/finding.ts';

const FINDING: Finding = {
  ruleId: 'id-token-as-bearer',
  outcome: 'failed',
  severity: 'error',
  exchange: 'w1',
  token: 't',
  title: 'A title',
  what: 'What happened.',
  why: 'Why it matters.',
  fix: 'What to do.',
  evidence: [],
  references: [],
};
const MSAL = { sdk: 'msal-browser', because: 'Its requests say so.' } as const;

describe('what to do in the client library in use', () => {
  it('is said with a sample beside the general advice', () => {
    const { fix, fixFor } = withSdkFix(FINDING, [MSAL]);
    expect(fix).toBe('What to do.');
    expect(fixFor).toMatchObject({ sdk: 'MSAL.js', because: 'Its requests say so.' });
    expect(fixFor?.code).toContain('acquireTokenSilent');
  });

  it('is left out where several libraries are in use, none is, or nothing can be told', () => {
    const auth0 = { sdk: 'auth0-spa-js', because: 'It, too.' } as const;
    expect(withSdkFix(FINDING, [MSAL, auth0])).toEqual(FINDING);
    expect(withSdkFix(FINDING, [])).toEqual(FINDING);
    expect(withSdkFix({ ...FINDING, outcome: 'cantTell' }, [MSAL]).fixFor).toBeUndefined();
    expect(withSdkFix({ ...FINDING, ruleId: 'expired-token' }, [MSAL]).fixFor).toBeUndefined();
  });

  it('is there for rules that there are', () => {
    const rules = new Set(ALL_RULES.map(({ id }) => id));
    expect(Object.keys(SDK_FIXES).filter((id) => !rules.has(id))).toEqual([]);
  });
});
