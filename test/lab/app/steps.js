/** Steps that the app's flows are made of. */

/** The body of an answer that must be JSON. */
async function jsonOf(response) {
  if (!response.ok) throw new Error(`${response.status} from ${response.url}`);
  return response.json();
}

/**
 * A form post, whose answer is read as JSON.
 * @param {string} url
 * @param {Record<string, string>} fields
 * @param {Record<string, string>} [headers]
 */
export async function postForm(url, fields, headers = {}) {
  return jsonOf(await fetch(url, { method: 'POST', headers, body: new URLSearchParams(fields) }));
}

/** Posts JSON and gives the status. */
export async function postJson(url, value) {
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(value) });
  await response.text();
  return response.status;
}

/** Reads JSON. */
export async function getJson(url) {
  return jsonOf(await fetch(url));
}

/** @param {Uint8Array} bytes */
function encodeBase64Url(bytes) {
  const base64 = btoa(String.fromCharCode(...bytes));
  return base64.replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}

/** A code verifier and its S256 challenge (RFC 7636, section 4.2). */
export async function makePkce() {
  const verifier = encodeBase64Url(crypto.getRandomValues(new Uint8Array(32)));
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier));
  return { verifier, challenge: encodeBase64Url(new Uint8Array(digest)) };
}

/**
 * Loads an address in a hidden frame and resolves with the one that the frame arrives at: one that tells its parent so.
 * @param {string} url
 * @returns {Promise<URL>}
 */
export async function throughFrame(url) {
  const frame = document.createElement('iframe');
  frame.hidden = true;
  const arrived = new Promise((resolve) => {
    const hear = ({ source, data }) => {
      if (source !== frame.contentWindow || typeof data.arrived !== 'string') return;
      removeEventListener('message', hear);
      resolve(new URL(data.arrived));
    };
    addEventListener('message', hear);
  });
  frame.src = url;
  document.body.append(frame);
  const address = await arrived;
  frame.remove();
  return address;
}

/**
 * Opens a window and resolves with what it says before it closes.
 * @param {string} url
 * @returns {Promise<Record<string, string>>}
 */
export function throughPopup(url) {
  const { origin } = new URL(url);
  return new Promise((resolve) => {
    const hear = ({ origin: from, data }) => {
      if (from !== origin) return;
      removeEventListener('message', hear);
      resolve(data);
    };
    addEventListener('message', hear);
    open(url, '_blank', 'popup,width=400,height=400');
  });
}
