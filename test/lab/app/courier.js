/*
 * Carries a token for the page out of another context. The same script runs in the frame, in the worker and in the
 * service worker: each hears a message { request: { method, url }, token } with a port, makes the request itself and
 * answers { status } or { error }.
 */
self.addEventListener('message', (event) => {
  // A frame can be written to by anybody; workers hear from their own origin only and their events name none.
  if (event.origin !== '' && event.origin !== self.location.origin) return;
  const [port] = event.ports;
  if (port === undefined) return;
  const { request, token } = event.data;
  const answered = carry(request, token)
    .catch((error) => ({ error: String(error) }))
    .then((answer) => port.postMessage(answer));
  // Only a service worker's event has this; it keeps the worker alive until the answer is out.
  event.waitUntil?.(answered);
});

async function carry({ method, url }, token) {
  const response = await fetch(url, { method, headers: { authorization: `Bearer ${token}` } });
  // Read to the end: this context may be gone a moment later, and the request would be seen to fail.
  await response.text();
  return { status: response.status };
}
