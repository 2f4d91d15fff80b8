// Runs in the panel's document. panel-measures.ts sends this file's text and calls one of the functions by name; what goes in and
// comes out is JSON. What must last between two calls is kept on `globalThis.auditBench`.
(() => {
  const api = globalThis.browser ?? globalThis.chrome;
  const HOSTS = 12;
  const TOKENS = 240;

  const text = (value) =>
    btoa(JSON.stringify(value)).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');

  /** Tokens of three issuers and four clients: every fourth an ID token, the others access tokens for one of the APIs. */
  function makeTokens(now) {
    return Array.from({ length: TOKENS }, (_, index) => {
      const iss = `https://login-${index % 3}.shop.test`;
      const client = `shop-spa-${index % 4}`;
      const times = { iat: now - 60, exp: now + (index % 20 === 7 ? -30 : 3600) };
      const claims =
        index % 4 === 0
          ? { iss, aud: client, sub: `u${index}`, nonce: `n${index}`, ...times }
          : {
              iss,
              aud: `https://api-${index % HOSTS}.shop.test`,
              sub: `u${index}`,
              client_id: client,
              scope: 'read',
              ...times,
            };
      const header = { alg: 'RS256', typ: index % 4 === 0 ? 'JWT' : 'at+jwt', kid: 'k1' };
      return `${text(header)}.${text(claims)}.${'A'.repeat(342)}`;
    });
  }

  /** The request of a number: which token goes where is always the same. */
  function exchangeOf(number, tokens, now) {
    return {
      id: `bench-${now}-${number}`,
      at: Date.now(),
      witness: 'devtools',
      tab: null,
      method: number % 5 === 0 ? 'POST' : 'GET',
      url: `https://api-${number % HOSTS}.shop.test/orders/${number}/items`,
      initiator: 'https://app.shop.test',
      destination: 'subresource',
      requestHeaders: [{ name: 'Authorization', value: `Bearer ${tokens[(number * 7) % TOKENS]}` }],
      requestBody: { form: 'none' },
      response: { status: number % 50 === 0 ? 401 : 200, headers: [], body: { form: 'none' } },
    };
  }

  const shown = () => Number(document.querySelector('[data-filter="all"]')?.dataset.count ?? 0);
  const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
  const nextFrame = () => new Promise((resolve) => requestAnimationFrame(resolve));

  /** Resolves as soon as the browser has painted the frame that is due. */
  const painted = () =>
    new Promise((resolve) => {
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => resolve(performance.now());
        port2.postMessage(null);
      });
    });

  function connect() {
    if (globalThis.auditBench) return globalThis.auditBench;
    const now = Math.floor(Date.now() / 1000);
    const port = api.runtime.connect({ name: 'devtools' });
    port.postMessage({ type: 'devtools/observe', tab: api.devtools.inspectedWindow.tabId });
    globalThis.auditBench = { port, now, tokens: makeTokens(now), sent: 0 };
    return globalThis.auditBench;
  }

  function send(count) {
    const bench = connect();
    const exchanges = Array.from({ length: count }, () => exchangeOf(bench.sent++, bench.tokens, bench.now));
    bench.port.postMessage({ type: 'devtools/exchanges', exchanges });
  }

  async function settled(total, within) {
    const end = performance.now() + within;
    while (shown() < total && performance.now() < end) await pause(20);
    return shown();
  }

  /** The time between frames, as the browser gives them, until it is told to stop. In ms. */
  function watchFrames() {
    const gaps = [];
    let isOver = false;
    let before = performance.now();
    const frame = (now) => {
      gaps.push(now - before);
      before = now;
      if (!isOver) requestAnimationFrame(frame);
    };
    requestAnimationFrame((now) => {
      before = now;
      requestAnimationFrame(frame);
    });
    return () => {
      isOver = true;
      return gaps;
    };
  }

  return {
    /** Fills the session. Each batch waits until the one before is in the list. */
    async fill(total) {
      const before = shown();
      for (let sent = 0; sent < total; sent += 1_000) {
        send(Math.min(1_000, total - sent));
        await settled(before + Math.min(total, sent + 1_000) - 3_000, 60_000);
      }
      return (await settled(before + total, 60_000)) - before;
    },

    /** New requests at a rate, for a time. */
    async live(perSecond, seconds) {
      const before = shown();
      const stop = watchFrames();
      const began = performance.now();
      let sent = 0;
      while (sent < perSecond * seconds) {
        const due = Math.min(
          perSecond * seconds,
          Math.floor(((performance.now() - began) / 1000) * perSecond),
        );
        if (due > sent) send(due - sent);
        sent = Math.max(sent, due);
        await pause(20);
      }
      const took = performance.now() - began;
      await settled(before + sent, 30_000);
      const late = performance.now() - began - took;
      return { sent, missing: before + sent - shown(), gaps: stop(), took, late };
    },

    /** Scrolls by so many pixels a frame, over and over within the list. */
    async scroll(pixels, frames) {
      const viewport = document.querySelector('[role="grid"] .viewport');
      viewport.scrollTop = viewport.scrollHeight / 3;
      await nextFrame();
      await nextFrame();
      const gaps = [];
      const work = [];
      let before = await nextFrame();
      for (let count = 0; count < frames; count++) {
        const start = performance.now();
        viewport.scrollTop = (viewport.scrollTop + pixels) % (viewport.scrollHeight - viewport.clientHeight);
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => work.push(performance.now() - start);
        port2.postMessage(null);
        const now = await nextFrame();
        gaps.push(now - before);
        before = now;
      }
      return { gaps, work };
    },

    /** From now on, notes how long each key takes until what it changed is painted. */
    async watchKeys() {
      globalThis.auditBenchKeys = [];
      addEventListener(
        'keydown',
        (event) => {
          const pressed = event.timeStamp;
          void painted().then((now) => globalThis.auditBenchKeys.push(now - pressed));
        },
        true,
      );
    },

    async keys() {
      return globalThis.auditBenchKeys;
    },

    /** Counts every node of the document. */
    async nodes() {
      const walker = document.createTreeWalker(document);
      let count = 1;
      while (walker.nextNode()) count++;
      return count;
    },

    /** Bytes that the panel's heap holds, after a collection; null where the browser does not tell. */
    async heap() {
      if (typeof globalThis.gc !== 'function') return null;
      globalThis.gc();
      await pause(100);
      globalThis.gc();
      return performance.memory.usedJSHeapSize;
    },

    /** When the first row, and when all of so many, were painted: in ms from the start of the document's loading. */
    async opened(total) {
      while (document.querySelector('[data-exchange]') === null) await nextFrame();
      const first = await painted();
      while (shown() < total) await pause(5);
      return { first, all: await painted() };
    },
  };
})();
