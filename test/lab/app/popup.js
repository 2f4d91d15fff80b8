import { UserManager } from 'oidc-client-ts';

// Hands the authorization response over to the window that opened this one, which closes it.
new UserManager({ authority: '', client_id: '', redirect_uri: '' }).signinPopupCallback();
