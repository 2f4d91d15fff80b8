import type { Severity } from '../core/model/finding.ts';
import type { AuditOptions, AuditSession } from './audit-session.ts';
import { findingsMessage } from './findings-message.ts';
import { auditPlaywright } from './playwright.ts';
import type { PlaywrightContext } from './playwright-types.ts';
import { selectFindings } from './select-findings.ts';

/** What the fixture uses of Playwright's `TestInfo`. */
export interface PlaywrightTestInfo {
  readonly titlePath: readonly string[];
  outputPath(...segments: string[]): string;
  attach(name: string, attachment: { path: string; contentType: string }): Promise<void>;
}

export interface AuditFixtureOptions extends AuditOptions {
  /** Audits every test, also those that don't ask for `audit`. Default: false. */
  readonly auto?: boolean;
  /** Fails a test that has a finding at or above this at its end. Default: `never`, tests assert themselves. */
  readonly failOn?: Severity | 'never';
}

type AuditFixture = (
  fixtures: { context: PlaywrightContext },
  use: (audit: AuditSession) => Promise<void>,
  testInfo: PlaywrightTestInfo,
) => Promise<void>;

/** What `test.extend` takes. */
export interface AuditFixtures {
  readonly audit: [AuditFixture, { auto: boolean }];
}

/**
 * A fixture `audit` for Playwright's `test.extend<{ audit: AuditSession }>(…)`: it audits the test's own context, and writes the report
 * beside the test's other results, as `aud-it.json`, for `aud-it merge`.
 */
export function auditFixtures({
  auto = false,
  failOn = 'never',
  ...options
}: AuditFixtureOptions = {}): AuditFixtures {
  const audit: AuditFixture = async ({ context }, use, testInfo) => {
    const session = auditPlaywright(context, { name: testInfo.titlePath.join(' › '), ...options });
    await use(session);
    const report = await session.stop();
    const path = testInfo.outputPath('aud-it.json');
    await session.write(path);
    await testInfo.attach('aud-it.json', { path, contentType: 'application/json' });
    const findings = failOn === 'never' ? [] : selectFindings(report, { atOrAbove: failOn });
    if (findings.length > 0) throw new Error(findingsMessage(report, findings));
  };
  return { audit: [audit, { auto }] };
}
