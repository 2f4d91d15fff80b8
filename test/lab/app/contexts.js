/** @typedef {{ method: string, url: string }} Request */

/**
 * Sends a job to a courier (courier.js) and resolves with the HTTP status that it got.
 * @param {(message: object, transfer: Transferable[]) => void} post
 * @param {Request} request
 * @param {string} token
 * @returns {Promise<number>}
 */
function ask(post, request, token) {
  return new Promise((resolve, reject) => {
    const { port1, port2 } = new MessageChannel();
    port1.addEventListener('message', ({ data }) => {
      port1.close();
      if (data.error === undefined) resolve(data.status);
      else reject(new Error(data.error));
    });
    port1.start();
    post({ request, token }, [port2]);
  });
}

/**
 * Makes the request, with the token as its bearer token, from a same-origin frame.
 * @param {Request} request
 * @param {string} token
 */
export async function sendFromIframe(request, token) {
  const frame = document.createElement('iframe');
  frame.src = '/iframe.html';
  frame.hidden = true;
  const loaded = new Promise((resolve) => frame.addEventListener('load', resolve, { once: true }));
  document.body.append(frame);
  try {
    await loaded;
    return await ask(
      (message, transfer) => frame.contentWindow.postMessage(message, location.origin, transfer),
      request,
      token,
    );
  } finally {
    frame.remove();
  }
}

/**
 * Makes the request, with the token as its bearer token, from a dedicated worker.
 * @param {Request} request
 * @param {string} token
 */
export async function sendFromWorker(request, token) {
  const worker = new Worker('/worker.js');
  const broken = new Promise((_resolve, reject) => {
    worker.addEventListener('error', (event) => reject(new Error(event.message)), { once: true });
  });
  try {
    const answered = ask((message, transfer) => worker.postMessage(message, transfer), request, token);
    return await Promise.race([answered, broken]);
  } finally {
    worker.terminate();
  }
}

/**
 * Makes the request, with the token as its bearer token, from the app's service worker.
 * @param {Request} request
 * @param {string} token
 */
export async function sendFromServiceWorker(request, token) {
  await navigator.serviceWorker.register('/service-worker.js');
  const { active } = await navigator.serviceWorker.ready;
  return ask((message, transfer) => active.postMessage(message, transfer), request, token);
}
