import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { base64url } from '../fixtures/jwt.ts';

/** One page load and what follows: what a large export of a browser's DevTools is made of. Sizes in characters. */
const SCRIPT = 75_000;
const IMAGE = 30_000;
const DOCUMENT = 60_000;
const ANSWER = 8000;

const ISSUER = 'https://login.example';
const APP = 'https://app.example';
const API = 'https://api.example';

/** An app renews its token after so many calls. */
const CALLS_PER_TOKEN = 200;

/**
 * Writes a HAR as Chromium's DevTools export it, of about this many octets, indented: documents, scripts and pictures
 * with their bodies, and calls of an API with tokens.
 * @returns how many entries it has, and how many of them bear a token
 */
export async function writeHar(path: string, size: number): Promise<{ entries: number; calls: number }> {
  const file = createWriteStream(path);
  const opened = indented({
    log: { version: '1.2', creator: { name: 'WebInspector', version: '537.36' }, pages: [] },
  });
  file.write(opened.replace(/\s*\}\s*\}\s*$/, ',\n  "entries": ['));
  let written = 0;
  let entries = 0;
  let calls = 0;
  const write = async (entry: object): Promise<void> => {
    const text = `${entries === 0 ? '' : ','}\n${indented(entry)}`;
    entries++;
    written += text.length;
    if (!file.write(text)) await once(file, 'drain');
  };
  const at = () => new Date(Date.UTC(2026, 0, 1) + entries * 37).toISOString();
  while (written < size) {
    const page = entries;
    await write(
      entryOf(
        at(),
        'GET',
        `${APP}/page/${page}`,
        [['Sec-Fetch-Dest', 'document']],
        'text/html',
        markup(DOCUMENT),
      ),
    );
    for (const name of ['vendor', 'app', 'locale', 'charts', 'editor', 'style']) {
      await write(entryOf(at(), 'GET', `${APP}/${name}.${page}.js`, [], 'text/javascript', script(SCRIPT)));
    }
    for (const name of ['hero', 'logo', 'a', 'b', 'c', 'd']) {
      await write(
        entryOf(
          at(),
          'GET',
          `${APP}/${name}.png`,
          [],
          'image/png',
          'iVBORw0KGgo'.repeat(IMAGE / 11),
          'base64',
        ),
      );
    }
    for (let call = 0; call < 3; call++) {
      const token = jwtNumber(Math.floor(calls / CALLS_PER_TOKEN));
      if (calls % CALLS_PER_TOKEN === 0) {
        await write(tokenEntry(at(), token));
      }
      calls++;
      const bearer = [
        ['Authorization', `Bearer ${token}`],
        ['Origin', APP],
      ] as const;
      await write(entryOf(at(), 'GET', `${API}/orders/${calls}`, bearer, 'application/json', answer(ANSWER)));
    }
  }
  file.end('\n  ]\n }\n}\n');
  await once(file, 'close');
  return { entries, calls };
}

function indented(value: object): string {
  return JSON.stringify(value, null, 2);
}

function jwtNumber(number: number): string {
  const now = Date.UTC(2026, 0, 1) / 1000;
  const claims = {
    iss: ISSUER,
    aud: API,
    client_id: 'the-app',
    sub: 'somebody',
    scope: 'orders',
    iat: now - 10,
    exp: now + 86_400,
    jti: String(number),
  };
  return [{ alg: 'RS256', typ: 'at+jwt', kid: 'k1' }, claims]
    .map((part) => base64url(JSON.stringify(part)))
    .join('.')
    .concat('.', 's'.repeat(342));
}

type Headers = readonly (readonly [string, string])[];

/** What every request of Chromium bears beside its own. */
const COMMON: Headers = [
  ['Accept', '*/*'],
  ['Accept-Encoding', 'gzip, deflate, br, zstd'],
  ['Accept-Language', 'en-US,en;q=0.9'],
  ['Cache-Control', 'no-cache'],
  ['Connection', 'keep-alive'],
  ['Pragma', 'no-cache'],
  ['Sec-Fetch-Mode', 'cors'],
  ['Sec-Fetch-Site', 'cross-site'],
  ['Cookie', 'theme=dark; consent=1; experiment=b'],
  [
    'User-Agent',
    'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36',
  ],
  ['sec-ch-ua', '"Chromium";v="140", "Not.A/Brand";v="99"'],
  ['sec-ch-ua-mobile', '?0'],
  ['sec-ch-ua-platform', '"Linux"'],
];

function entryOf(
  at: string,
  method: string,
  url: string,
  headers: Headers,
  mimeType: string,
  text: string,
  encoding?: string,
): object {
  const listed = [...COMMON, ...headers].map(([name, value]) => ({ name, value }));
  return {
    _priority: 'High',
    _resourceType: 'fetch',
    cache: {},
    connection: '443',
    pageref: 'page_1',
    request: {
      method,
      url,
      httpVersion: 'http/2.0',
      headers: listed,
      queryString: [],
      cookies: [],
      headersSize: -1,
      bodySize: 0,
    },
    response: {
      status: 200,
      statusText: '',
      httpVersion: 'http/2.0',
      headers: [
        ['content-type', mimeType],
        ['server', 'nginx'],
        ['date', 'Thu, 01 Jan 2026 00:00:00 GMT'],
        ['vary', 'Accept-Encoding'],
        ['strict-transport-security', 'max-age=31536000'],
      ].map(([name, value]) => ({ name, value })),
      cookies: [],
      content: { size: text.length, mimeType, text, ...(encoding === undefined ? {} : { encoding }) },
      redirectURL: '',
      headersSize: -1,
      bodySize: -1,
      _transferSize: text.length,
      _error: null,
    },
    serverIPAddress: '192.0.2.1',
    startedDateTime: at,
    time: 12.345,
    timings: {
      blocked: 1.2,
      dns: -1,
      ssl: -1,
      connect: -1,
      send: 0.1,
      wait: 9.8,
      receive: 1.1,
      _blocked_queueing: 0.7,
    },
  };
}

function tokenEntry(at: string, token: string): object {
  const body = JSON.stringify({ token_type: 'Bearer', access_token: token, expires_in: 86_400 });
  const entry = entryOf(at, 'POST', `${ISSUER}/token`, [['Origin', APP]], 'application/json', body);
  return {
    ...entry,
    request: {
      ...Object.entries(entry).find(([name]) => name === 'request')?.[1],
      postData: {
        mimeType: 'application/x-www-form-urlencoded',
        text: 'grant_type=refresh_token&client_id=the-app&refresh_token=r',
      },
    },
  };
}

function filled(piece: string, size: number): string {
  return piece.repeat(Math.ceil(size / piece.length)).slice(0, size);
}

const script = (size: number) =>
  filled('function a(b,c){return b?"text":c+`x`;}\n\tvar d={e:\'f\',g:[1,2,3]};\n', size);
const markup = (size: number) => filled('<div class="card"><a href="/x?y=1&amp;z=2">Größe</a></div>\n', size);
const answer = (size: number) => {
  const order = {
    id: 17,
    name: 'An article',
    price: { amount: '12.50', currency: 'EUR' },
    tags: ['a', 'b'],
    note: null,
  };
  return JSON.stringify({ orders: Array.from({ length: Math.ceil(size / 110) }, () => order) });
};
