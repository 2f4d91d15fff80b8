import type { AuditedBrowser } from '../browsers/panel-driver.ts';
import { until } from '../browsers/wait.ts';

/** What nobody caught in the extension's background: errors and rejections. */
export interface Faults {
  /** @throws Error where the background was stopped meanwhile: what it had seen is gone with it */
  readonly seen: () => Promise<readonly string[]>;
}

const PROBE = 'a fault of the test’s own';

/** Begins to collect. That a fault is seen at all is tried with one of each kind, which are left out. */
export async function collectFaults(browser: AuditedBrowser): Promise<Faults> {
  const read = (): Promise<readonly string[]> =>
    browser.evaluateInBackground('globalThis.faultsOfTest.slice()');
  await browser.evaluateInBackground(`(() => {
    globalThis.faultsOfTest = [];
    const note = (kind, reason) => globalThis.faultsOfTest.push(kind + ': ' + reason + ' ' + reason?.stack);
    addEventListener('error', (event) => note('error', event.error ?? event.message));
    addEventListener('unhandledrejection', ({ reason }) => note('rejection', reason));
    setTimeout(() => { throw new Error(${JSON.stringify(PROBE)}); });
    setTimeout(() => void Promise.reject(new Error(${JSON.stringify(PROBE)})));
    return true;
  })()`);
  const isProbe = (fault: string) => fault.includes(PROBE);
  await until('both probes to be seen', async () => (await read()).filter(isProbe).length === 2 || undefined);
  return { seen: async () => (await read()).filter((fault) => !isProbe(fault)) };
}
