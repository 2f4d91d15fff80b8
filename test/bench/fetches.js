/**
 * Runs in the bench's page: makes the fetches that are timed, as an app makes them, with one token hundreds of times over.
 * The origins come with the page's URL.
 */
const origins = Object.fromEntries(new URLSearchParams(location.search));

/** As many connections as a browser opens to one host over HTTP/1.1. */
const LANES = 6;
/** The API's distinct URLs. Each has its preflight once. */
const PATHS = 20;
/** Fetches before the first that counts: the browser was idle while others had their turn. */
const WARM_UP = 12;

let token = '';
let count = 0;

async function renew() {
  const body = new URLSearchParams({
    grant_type: 'refresh_token',
    client_id: 'bench-spa',
    refresh_token: 'r',
  });
  const response = await fetch(`${origins.login}/token`, { method: 'POST', body });
  token = (await response.json()).access_token;
}

async function send() {
  count += 1;
  const headers = { authorization: `Bearer ${token}` };
  const response = await fetch(`${origins.api}/api/items/${count % PATHS}`, { headers });
  await response.json();
}

/** One after the other, as a page does that waits for each. */
async function sequential(number) {
  for (let sent = 0; sent < number; sent += 1) await send();
}

/** Some at a time, as a page does that fills itself with data. */
async function concurrent(number) {
  let left = number;
  const lane = async () => {
    while (left > 0) {
      left -= 1;
      await send();
    }
  };
  await Promise.all(Array.from({ length: LANES }, lane));
}

async function time(make, number) {
  const start = performance.now();
  await make();
  return ((performance.now() - start) / number) * 1000;
}

/**
 * One turn of this browser's. With `renews`, the token is renewed halfway through, and that counts.
 * @returns {Promise<{ concurrent: number, sequential: number }>} ms for each 1,000 fetches
 */
globalThis.takeTurn = async (batch) => {
  if (token === '') await renew();
  await concurrent(WARM_UP);
  return {
    concurrent: await time(async () => {
      await concurrent(batch.concurrent / 2);
      if (batch.renews) await renew();
      await concurrent(batch.concurrent / 2);
    }, batch.concurrent),
    sequential: await time(() => sequential(batch.sequential), batch.sequential),
  };
};
