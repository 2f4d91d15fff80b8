import { InMemoryWebStorage, OidcClient, UserManager, WebStorageStateStore } from 'oidc-client-ts';

/** Renew a token this many seconds before it expires, so that a good habit never sends a stale one. */
const RENEWAL_MARGIN_SECONDS = 60;

/**
 * The app's session at the provider: code flow with PKCE through oidc-client-ts.
 * @typedef {ReturnType<typeof createSession>} Session
 */

/** @param {{ origins: Record<string, string>, clientId: string, scope: string, resources: Record<string, string> }} lab */
export function createSession(lab) {
  const settings = {
    authority: lab.origins.login,
    client_id: lab.clientId,
    redirect_uri: `${lab.origins.app}/callback`,
    post_logout_redirect_uri: `${lab.origins.app}/`,
    scope: lab.scope,
    // Both resources are authorized at once; the token request narrows to one (RFC 8707, section 2.2).
    resource: [lab.resources.api, lab.resources.orders],
    extraTokenParams: { resource: lab.resources.api },
    loadUserInfo: false,
    automaticSilentRenew: false,
  };
  const manager = new UserManager(settings);
  const client = new OidcClient(settings);

  /** The end of the queue of renewals: the refresh token rotates, so two at a time would spend it twice. */
  let lastRenewal = Promise.resolve();

  /**
   * Trades the refresh token for an access token for `resource`, or for an opaque one when none is named. The
   * session's own tokens change only when `keep` is set.
   */
  function renew(resource, keep = false) {
    const renewal = lastRenewal.then(async () => {
      const user = await signedInUser();
      const { refresh_token, id_token, session_state, profile } = user;
      const response = await client.useRefreshToken({
        state: { refresh_token, id_token, session_state, profile },
        resource,
      });
      user.refresh_token = response.refresh_token;
      if (keep) {
        user.access_token = response.access_token;
        user.id_token = response.id_token;
        user.expires_at = response.expires_at;
      }
      await manager.storeUser(user);
      return response.access_token;
    });
    lastRenewal = renewal.then(
      () => undefined,
      () => undefined,
    );
    return renewal;
  }

  async function signedInUser() {
    const user = await manager.getUser();
    if (user === null) throw new Error('nobody is signed in');
    return user;
  }

  async function freshUser() {
    const user = await signedInUser();
    if (user.expires_in === undefined || user.expires_in > RENEWAL_MARGIN_SECONDS) return user;
    await renew(lab.resources.api, true);
    return signedInUser();
  }

  return {
    user: () => manager.getUser(),
    signIn: () => manager.signinRedirect({ nonce: crypto.randomUUID() }),
    completeSignIn: () => manager.signinRedirectCallback(),
    signOut: () => manager.signoutRedirect(),
    /** Signs in once more, in a window of its own. @returns who did, which is forgotten again */
    signInByPopup() {
      const userStore = new WebStorageStateStore({ store: new InMemoryWebStorage() });
      const popup_redirect_uri = `${lab.origins.app}/popup`;
      const another = new UserManager({ ...settings, popup_redirect_uri, userStore });
      return another.signinPopup({ nonce: crypto.randomUUID() });
    },
    refreshToken: async () => (await signedInUser()).refresh_token,
    accessToken: async () => (await freshUser()).access_token,
    idToken: async () => (await freshUser()).id_token,
    ordersToken: () => renew(lab.resources.orders),
    opaqueToken: () => renew(undefined),
  };
}
