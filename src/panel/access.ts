/** Asking for the host permissions that the browser's user has taken back, or has not given yet. */

/** What is needed of `browser.permissions`. A DevTools panel in Firefox has none of it. */
export interface PermissionsApi {
  readonly request?: (permissions: { origins: string[] }) => Promise<boolean>;
  readonly contains?: (permissions: { origins: string[] }) => Promise<boolean>;
}

/** `elsewhere`: this page can't ask; another must. */
export type AccessAnswer = 'granted' | 'refused' | 'elsewhere';

/**
 * Asks for access to the origins of the manifest. To be called from a click, and before anything else is awaited: browsers
 * ask nobody who did not click.
 */
export async function askForAccess(
  permissions: PermissionsApi | undefined,
  origins: readonly string[],
): Promise<AccessAnswer> {
  if (permissions?.request === undefined) return 'elsewhere';
  try {
    return (await permissions.request({ origins: [...origins] })) ? 'granted' : 'refused';
  } catch {
    return 'elsewhere';
  }
}
