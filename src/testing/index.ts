/**
 * `aud-it/testing`: audits the traffic of a browser test, with the same engine, report and rules as the extension and the command
 * line. Nothing is imported from Playwright, Puppeteer or an assertion library: they are the test's own.
 */
export type { AuditReport, ReportExchange, ReportFinding, ReportToken } from '../core/model/report.ts';
export type { AuditOptions, AuditSession, FindingSelection } from './audit-session.ts';
export { auditMatchers } from './matchers.ts';
export { auditPlaywright } from './playwright.ts';
export { type AuditFixtureOptions, auditFixtures } from './playwright-fixture.ts';
export { auditPuppeteer } from './puppeteer.ts';
