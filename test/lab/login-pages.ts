const STYLE = `
  :root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
  body { min-height: 100vh; margin: 0; display: grid; place-items: center;
    background: light-dark(#eef0f6, #14151c); color: light-dark(#1b1e2b, #e7e9f3); }
  main { width: min(20rem, 80vw); padding: 2.25rem; border-radius: 1rem; text-align: center;
    background: light-dark(#fff, #1f212c); box-shadow: 0 1px 2px #0002, 0 12px 32px #0002; }
  h1 { margin: 0 0 .25rem; font-size: 1.35rem; }
  p { margin: 0 0 1.5rem; color: light-dark(#5b6178, #a2a8bf); overflow-wrap: anywhere; }
  button { width: 100%; padding: .7rem 1rem; border: 0; border-radius: .6rem; cursor: pointer;
    font: 600 1rem system-ui, sans-serif; color: #fff; background: #4453d6; }
  button:hover { background: #3542b8; }
  button:focus-visible { outline: 3px solid light-dark(#97a1ff, #c0c6ff); outline-offset: 2px; }
`;

/** Text as HTML: what it shows may come from a request. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** A whole page. `title` and `content` are HTML. */
function page(title: string, content: string): string {
  return `<!doctype html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <title>${title}</title>
  <link rel="icon" href="data:,">
  <style>${STYLE}</style>
</head>
<body><main>${content}</main></body>
</html>
`;
}

/** The sign-in page: one button, `#sign-in-as-ada`, which posts back to the page's own address. */
export function signInPage(): string {
  return page(
    'Sign in',
    `<h1>Sign in</h1><p>to go on to Shop</p>
    <form method="post"><button id="sign-in-as-ada" type="submit" autofocus>Sign in as Ada</button></form>`,
  );
}

/**
 * The question whether to log out, which answers itself: the app has asked with an `id_token_hint` already.
 * The button, `#confirm-logout`, is for a browser without scripts. `form` is the provider's own form, as HTML.
 */
export function logoutPage(form: string): string {
  return page(
    'Log out',
    `<h1>Logging out…</h1><p>One moment.</p>${form}
    <button id="confirm-logout" type="submit" form="op.logoutForm" name="logout" value="yes">Log out</button>
    <script>document.getElementById('confirm-logout').click();</script>`,
  );
}

/**
 * The question whether the television may sign in, which answers itself: the app shows the code and the person came with it.
 * `form` is the provider's own form, as HTML.
 */
export function devicePage(form: string): string {
  return page(
    'Your television',
    `<h1>Your television</h1><p>wants to sign in.</p>${form}
    <button type="submit" form="op.deviceConfirmForm">Let it in</button>
    <script>document.getElementById('op.deviceConfirmForm').submit();</script>`,
  );
}

/** Where a person ends who let a device in. The frame's owner, the app, is told. */
export function deviceDonePage(app: string): string {
  return page(
    'Your television',
    `<h1>Done</h1><p>Your television is signed in.</p>
    <script>parent.postMessage({ arrived: location.href }, ${JSON.stringify(app)});</script>`,
  );
}

/** Where a logout ends when no `post_logout_redirect_uri` was given. */
export function loggedOutPage(): string {
  return page('Logged out', '<h1>You are logged out</h1><p>You can close this page.</p>');
}

/** An error of the provider, in the words of its OAuth error response. */
export function errorPage(error: string, description: string | undefined): string {
  return page(
    'Error',
    `<h1>This did not work</h1><p>${escapeHtml(error)}${description ? `: ${escapeHtml(description)}` : ''}</p>`,
  );
}
