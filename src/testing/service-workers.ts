import * as v from 'valibot';
import { CdpRequests } from './cdp-requests.ts';
import { type CdpSession, isCdpSession } from './cdp-session.ts';
import type { Recorder } from './recorder.ts';
import { originOfPage } from './told-request.ts';

const attached = v.object({
  sessionId: v.string(),
  targetInfo: v.object({ targetId: v.string(), url: v.string() }),
});

/** How Puppeteer tells of a session that the browser opened below another one. */
const childSession = v.object({ id: v.function() });

/**
 * Hears of what a page's service workers send. The browser holds each one back until we listen, so that its first request is seen.
 * @param page a session of the page
 * @param heard the service workers that are listened to, by the browser's own id: pages share them
 */
export async function hearServiceWorkers(
  page: CdpSession,
  recorder: Recorder,
  heard: Set<string>,
): Promise<void> {
  const children = new Map<unknown, CdpSession>();
  page.on('sessionattached', (child) => {
    if (!v.is(childSession, child) || !isCdpSession(child)) return;
    // The method of an object that Puppeteer owns.
    children.set(Reflect.apply(child.id, child, []), child);
  });
  page.on('Target.attachedToTarget', (told) => {
    const read = v.safeParse(attached, told);
    const child = read.success ? children.get(read.output.sessionId) : undefined;
    if (!read.success || child === undefined) return;
    children.delete(read.output.sessionId);
    const { targetId, url } = read.output.targetInfo;
    if (!heard.has(targetId)) {
      heard.add(targetId);
      new CdpRequests(child, recorder, originOfPage(url)).start().catch(() => undefined);
    }
    child.send('Runtime.runIfWaitingForDebugger').catch(() => undefined);
  });
  const filter = [{ type: 'service_worker' }];
  await page.send('Target.setAutoAttach', {
    autoAttach: true,
    waitForDebuggerOnStart: true,
    flatten: true,
    filter,
  });
}
