import { getJson, makePkce, postForm, postJson, throughFrame, throughPopup } from './steps.js';

/** The status of a fetch whose answer was read to the end, so that nothing of it is pending when the result shows. */
async function sendBearer({ method, url }, token) {
  const response = await fetch(url, { method, headers: { authorization: `Bearer ${token}` } });
  await response.text();
  return response.status;
}

/** The result of a flow whose last request is a document: there is no status to see. */
const ARRIVED = 'arrived';

/** Loads a page of the app with cookies that go nowhere else, and takes them back. */
async function loadWithCookies({ url }, cookies) {
  const path = new URL(url).pathname;
  const set = (name, value, age) => {
    // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not in every browser yet.
    document.cookie = `${name}=${value}; path=${path}; max-age=${age}`;
  };
  for (const [name, value] of Object.entries(cookies)) set(name, value, 60);
  await throughFrame(url);
  for (const name of Object.keys(cookies)) set(name, '', 0);
  return ARRIVED;
}

/**
 * The parameters of an authorization request of the code flow, as they should be, and what redeems its code.
 * @param {import('./actions.js').Tools['lab']} lab
 */
async function askForCode(lab, name, more = {}) {
  const { verifier, challenge } = await makePkce();
  const redirectUri = `${lab.origins.app}/flow/${name}`;
  return {
    parameters: {
      client_id: lab.flowsClientId,
      response_type: 'code',
      scope: 'openid profile',
      redirect_uri: redirectUri,
      state: crypto.randomUUID(),
      nonce: crypto.randomUUID(),
      code_challenge: challenge,
      code_challenge_method: 'S256',
      ...more,
    },
    redeem: (code, extra = {}) =>
      postForm(`${lab.origins.login}/token`, {
        grant_type: 'authorization_code',
        client_id: lab.flowsClientId,
        redirect_uri: redirectUri,
        code,
        code_verifier: verifier,
        ...extra,
      }),
  };
}

function authorize(server, parameters) {
  return throughFrame(`${server}/authorize?${new URLSearchParams(parameters)}`);
}

/** An authorization request of the old kind: only what is given. @returns where its answer arrived */
function askLegacy(lab, tenant, name, parameters) {
  return authorize(`${lab.origins.legacy}/${tenant}`, {
    client_id: `shop-${tenant}`,
    redirect_uri: `${lab.origins.app}/flow/${name}`,
    scope: 'openid',
    ...parameters,
  });
}

const state = () => ({ state: crypto.randomUUID() });
const nonce = () => ({ nonce: crypto.randomUUID() });

/** The code flow at a tenant of the legacy provider. @returns its token response */
async function legacyTokens(lab, tenant, name, more = {}) {
  const { verifier, challenge } = await makePkce();
  const pkce = { code_challenge: challenge, code_challenge_method: 'S256' };
  const asked = { response_type: 'code', ...state(), ...nonce(), ...pkce, ...more };
  const answer = await askLegacy(lab, tenant, name, asked);
  const code = answer.searchParams.get('code') ?? new URLSearchParams(answer.hash.slice(1)).get('code');
  return postForm(`${lab.origins.legacy}/${tenant}/token`, {
    grant_type: 'authorization_code',
    client_id: `shop-${tenant}`,
    redirect_uri: `${lab.origins.app}/flow/${name}`,
    code,
    code_verifier: verifier,
  });
}

/** Tells the app’s own backend who signed in, and gives the status. */
function handOver({ url }, { id_token }) {
  return postJson(url, { id_token });
}

/** What the app does for each flow, by id; as `actions` does for habits. @type {typeof import('./actions.js').actions} */
export const flows = {
  'pushed-request': async ({ lab, request }) => {
    const { parameters, redeem } = await askForCode(lab, 'pushed');
    const { request_uri } = await postForm(`${lab.origins.login}/par`, parameters);
    const answer = await authorize(lab.origins.login, { client_id: lab.flowsClientId, request_uri });
    return handOver(request, await redeem(answer.searchParams.get('code')));
  },
  'request-object': async ({ lab, request }) => {
    const { parameters, redeem } = await askForCode(lab, 'request-object');
    const signed = await postForm('/api/request-object', parameters);
    const { client_id, response_type, scope } = parameters;
    const asked = { client_id, response_type, scope, request: signed.request };
    const answer = await authorize(lab.origins.login, asked);
    return handOver(request, await redeem(answer.searchParams.get('code')));
  },
  'form-post': async ({ lab }) => {
    const { parameters } = await askForCode(lab, 'form-post-code', { response_mode: 'form_post' });
    await authorize(lab.origins.login, parameters);
    // The answers go to the backend: the page sees neither.
    const { challenge } = await makePkce();
    const pkce = { code_challenge: challenge, code_challenge_method: 'S256' };
    const asked = { response_type: 'code id_token', response_mode: 'form_post', ...pkce };
    await askLegacy(lab, 'right', 'form-post', { ...asked, ...state(), ...nonce() });
    return ARRIVED;
  },
  'silent-login': async ({ lab, request }) => {
    const { parameters, redeem } = await askForCode(lab, 'silent', { prompt: 'none' });
    const answer = await authorize(lab.origins.login, parameters);
    return handOver(request, await redeem(answer.searchParams.get('code')));
  },
  'popup-login': async ({ session, request }) => handOver(request, await session.signInByPopup()),
  'device-login': async ({ lab, request }) => {
    const client_id = lab.tvClientId;
    const asked = await postForm(`${lab.origins.login}/device/authorize`, {
      client_id,
      scope: 'openid profile',
    });
    await throughFrame(asked.verification_uri_complete);
    const grant_type = 'urn:ietf:params:oauth:grant-type:device_code';
    const redeemed = { grant_type, client_id, device_code: asked.device_code };
    const tokens = await postForm(`${lab.origins.login}/token`, redeemed);
    const body = new URLSearchParams({ client_id, token: tokens.refresh_token });
    await fetch(`${lab.origins.login}/revoke`, { method: 'POST', body });
    return handOver(request, tokens);
  },
  'hybrid-login': async ({ lab, request }) => {
    const asked = { response_type: 'code id_token' };
    return handOver(request, await legacyTokens(lab, 'right', 'hybrid', asked));
  },
  'hand-off': async ({ session, request }) => postJson(request.url, { id_token: await session.idToken() }),
  'own-session': async ({ mint, request }) =>
    loadWithCookies(request, { session: await mint('/lab/session-token') }),
  'wholesale-token': async ({ mint, request }) => sendBearer(request, await mint('/lab/wholesale-token')),
  'resource-metadata': async ({ lab, request }) => {
    const refused = await fetch(`${lab.origins.stock}/v1/status`);
    await refused.text();
    const [, at] = /resource_metadata="([^"]+)"/.exec(refused.headers.get('www-authenticate'));
    const { resource, scopes_supported, authorization_servers } = await getJson(at);
    const asked = { scope: `openid ${scopes_supported.join(' ')}`, resource };
    const { parameters, redeem } = await askForCode(lab, 'stock', asked);
    const answer = await authorize(authorization_servers[0], parameters);
    const tokens = await redeem(answer.searchParams.get('code'), { resource });
    return sendBearer(request, tokens.access_token);
  },
  'id-token-in-body': async ({ session, request }) =>
    postJson(request.url, {
      query: 'query Orders($idToken: String!) { orders(idToken: $idToken) { id } }',
      variables: { idToken: await session.idToken() },
    }),
  'id-token-in-cookie': async ({ session, request }) =>
    loadWithCookies(request, { login: await session.idToken() }),
  'id-token-in-two-cookies': async ({ session, request }) => {
    const [header, payload, signature] = (await session.idToken()).split('.');
    return loadWithCookies(request, { jwt_hp: `${header}.${payload}`, jwt_s: signature });
  },
  'id-token-in-path': async ({ session, request }) => {
    const response = await fetch(request.url.replace('***', await session.idToken()));
    await response.text();
    return response.status;
  },
  'id-token-of-another-client': async ({ lab, request }) => {
    const { idToken } = await throughPopup(`${lab.origins.market}/partner`);
    return postJson(request.url, { id_token: idToken });
  },
  'refresh-token-to-api': async ({ session, request }) =>
    postJson(request.url, { refresh_token: await session.refreshToken() }),
  'token-over-http': async ({ mint, request }) => sendBearer(request, await mint('/lab/mirror-token')),
  'no-audience': async ({ mint, request }) => sendBearer(request, await mint('/lab/no-audience-token')),
  'access-token-across-sites': async ({ lab, session, request }) => {
    const token = await session.opaqueToken();
    await sendBearer({ method: 'GET', url: `${lab.origins.market}/offers` }, token);
    return sendBearer(request, token);
  },
  'session-across-sites': async ({ lab, mint, request }) => {
    const token = await mint('/lab/session-token');
    await sendBearer({ method: 'GET', url: `${lab.origins.market}/greeting` }, token);
    return sendBearer(request, token);
  },
  'access-token-as-identity': async ({ session, request }) =>
    postJson(request.url, { access_token: await session.accessToken() }),
  'guessable-secret': async ({ mint, request }) => sendBearer(request, await mint('/lab/tutorial-token')),
  'forbidden-algorithm': async ({ mint, request }) => sendBearer(request, await mint('/lab/sha1-token')),
  'early-token': async ({ mint, request }) => sendBearer(request, await mint('/lab/early-token')),
  'logout-token-to-api': async ({ mint, request }) => sendBearer(request, await mint('/lab/logout-token')),
  'firebase-id-token': async ({ mint, request }) => sendBearer(request, await mint('/lab/firebase-token')),
  'wrong-nonce': async ({ lab, request }) =>
    handOver(request, await legacyTokens(lab, 'wrong-nonce', 'nonce')),
  'wrong-at-hash': async ({ lab, request }) =>
    handOver(request, await legacyTokens(lab, 'wrong-at-hash', 'at-hash')),
  'wrong-c-hash': async ({ lab }) => {
    await legacyTokens(lab, 'wrong-c-hash', 'c-hash', { response_type: 'code id_token' });
    return ARRIVED;
  },
  'implicit-grant': async ({ lab }) => {
    await askLegacy(lab, 'implicit', 'implicit', { response_type: 'token', ...state() });
    return ARRIVED;
  },
  'no-pkce': async ({ lab }) => {
    await askLegacy(lab, 'no-pkce', 'no-pkce', { response_type: 'code', ...state() });
    return ARRIVED;
  },
  'plain-pkce': async ({ lab }) => {
    const { verifier } = await makePkce();
    const plain = { code_challenge: verifier, code_challenge_method: 'plain' };
    await askLegacy(lab, 'plain-pkce', 'plain-pkce', { response_type: 'code', ...state(), ...plain });
    return ARRIVED;
  },
  'no-state': async ({ lab }) => {
    await askLegacy(lab, 'no-state', 'no-state', { response_type: 'code' });
    return ARRIVED;
  },
  'no-nonce': async ({ lab }) => {
    await askLegacy(lab, 'no-nonce', 'no-nonce', { response_type: 'id_token', ...state() });
    return ARRIVED;
  },
  'password-grant': async ({ request }) => {
    const client_id = 'shop-password';
    await postForm(request.url, { grant_type: 'password', client_id, username: 'ada', password: 'engine' });
    return 200;
  },
  'client-secret': async ({ request }) => {
    const secret = { client_id: 'shop-secret', client_secret: 'for-all-to-see' };
    await postForm(request.url, { grant_type: 'client_credentials', ...secret });
    return 200;
  },
  'client-secret-basic': async ({ request }) => {
    const authorization = `Basic ${btoa('shop-secret-basic:for-all-to-see')}`;
    await postForm(request.url, { grant_type: 'client_credentials' }, { authorization });
    return 200;
  },
};
