import browser from 'webextension-polyfill';
import type { Access } from '../core/model/view.ts';

/** The host permissions that the manifest asks for: people can take them back, in Firefox and in Chromium. */
export function wantedOrigins(): readonly string[] {
  const hosts: unknown = Reflect.get(browser.runtime.getManifest(), 'host_permissions');
  return Array.isArray(hosts) ? hosts.filter((host) => typeof host === 'string') : [];
}

/** @returns whether the traffic can be seen, and what of it can't */
export async function currentAccess(): Promise<Access> {
  const covered = await Promise.all(
    wantedOrigins().map(async (origin) => ({
      origin,
      granted: await browser.permissions.contains({ origins: [origin] }),
    })),
  );
  const missing = covered.filter(({ granted }) => !granted).map(({ origin }) => origin);
  return { granted: missing.length === 0, missing };
}
