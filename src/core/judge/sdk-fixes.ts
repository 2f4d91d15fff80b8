import type { Finding } from '../model/finding.ts';
import type { SdkLesson } from '../model/knowledge.ts';
import { SDK_FIXES, SDK_NAMES } from './sdk-fix-texts.ts';

/**
 * Adds to a finding what to do in the client library in use.
 * @param sdks the libraries that may be at fault; where there are several, nothing says which it was
 */
export function withSdkFix(finding: Finding, sdks: readonly Pick<SdkLesson, 'sdk' | 'because'>[]): Finding {
  const [used] = sdks;
  if (used === undefined || sdks.some(({ sdk }) => sdk !== used.sdk) || finding.outcome !== 'failed')
    return finding;
  const fix = SDK_FIXES[finding.ruleId]?.[used.sdk];
  return fix === undefined
    ? finding
    : { ...finding, fixFor: { sdk: SDK_NAMES[used.sdk], because: used.because, ...fix } };
}
