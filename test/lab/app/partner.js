/*
 * The market's own login, in a window that another app opened: code flow with PKCE. Then it hands its ID token to that app,
 * which it must not, and closes.
 */
const { login, opener: openerOrigin, clientId } = await (await fetch('/partner.json')).json();
const redirectUri = `${location.origin}/partner`;
const answer = new URLSearchParams(location.search);

function encode(bytes) {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '');
}

async function signIn() {
  const verifier = encode(crypto.getRandomValues(new Uint8Array(32)));
  sessionStorage.setItem('market.verifier', verifier);
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier));
  location.href = `${login}/authorize?${new URLSearchParams({
    client_id: clientId,
    redirect_uri: redirectUri,
    response_type: 'code',
    scope: 'openid profile',
    state: crypto.randomUUID(),
    nonce: crypto.randomUUID(),
    code_challenge: encode(new Uint8Array(digest)),
    code_challenge_method: 'S256',
  })}`;
}

async function finish(code) {
  const response = await fetch(`${login}/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      client_id: clientId,
      code,
      redirect_uri: redirectUri,
      code_verifier: sessionStorage.getItem('market.verifier'),
    }),
  });
  const { id_token } = await response.json();
  opener.postMessage({ idToken: id_token }, openerOrigin);
  close();
}

if (answer.has('code')) await finish(answer.get('code'));
else await signIn();
