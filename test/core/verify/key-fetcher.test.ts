import type { IncomingMessage, ServerResponse } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { KeyFetcher } from '../../../src/core/verify/key-fetcher.ts';
import type { IssuerKeys } from '../../../src/core/verify/key-source.ts';
import { type LoopbackServer, listen } from '../../fixtures/loopback-server.ts';

type Answer = (response: ServerResponse, request: IncomingMessage) => void;

const METADATA = '/.well-known/openid-configuration';
const OAUTH_METADATA = '/.well-known/oauth-authorization-server';
const MINUTE = 60_000;

let server: LoopbackServer;
let answers: Record<string, Answer>;
let now: number;

/** An issuer with good metadata and one key; a test spoils what it is about. */
beforeEach(async () => {
  server = await listen((request, response, path) => {
    const answer = answers[path] ?? status(404);
    answer(response, request);
  });
  answers = {
    [METADATA]: json({ issuer: server.origin, jwks_uri: `${server.origin}/jwks` }),
    '/jwks': keys('k1'),
  };
  now = 0;
});

afterEach(() => server.close());

function json(body: object): Answer {
  return (response) => {
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(body));
  };
}

function keys(...ids: readonly string[]): Answer {
  return json({ keys: ids.map((kid) => ({ kty: 'EC', crv: 'P-256', kid, x: 'x', y: 'y' })) });
}

function status(code: number): Answer {
  return (response) => {
    response.statusCode = code;
    response.end('{}');
  };
}

function fetcher(timeoutMs = 5_000): KeyFetcher {
  return new KeyFetcher(
    (input, init) => fetch(input, init),
    () => now,
    { limits: { timeoutMs, maxBytes: 1_048_576 } },
  );
}

function keyIds(found: IssuerKeys): readonly (string | undefined)[] | string {
  return found.status === 'found' ? found.keySet.keys.map(({ kid }) => kid) : found.text;
}

async function unreachable(issuer = server.origin, of = fetcher()): Promise<string> {
  const found = await of.keysOf(issuer, null);
  if (found.status === 'found') throw new Error('The keys were found.');
  return found.text;
}

describe('an issuer as it should be', () => {
  it('is asked for its metadata, then for the keys that it names', async () => {
    expect(await fetcher().keysOf(server.origin, 'k1')).toEqual({
      status: 'found',
      askedAt: 0,
      metadata: expect.objectContaining({ issuer: server.origin, jwksUri: `${server.origin}/jwks` }),
      keySet: { keys: [{ kty: 'EC', crv: 'P-256', kid: 'k1', x: 'x', y: 'y' }] },
    });
    expect(server.asked).toEqual([METADATA, '/jwks']);
  });

  it('is told nothing of the page or the person', async () => {
    const seen: IncomingMessage['headers'][] = [];
    answers['/jwks'] = (response, request) => {
      seen.push(request.headers);
      keys('k1')(response, request);
    };
    await fetcher().keysOf(server.origin, null);
    expect(seen).toHaveLength(1);
    for (const name of ['cookie', 'authorization', 'referer']) expect(seen[0]).not.toHaveProperty(name);
  });

  it('with a path is asked below it, then where OAuth has it', async () => {
    const issuer = `${server.origin}/realms/a`;
    answers = {
      [`${OAUTH_METADATA}/realms/a`]: json({ issuer, jwks_uri: `${server.origin}/jwks` }),
      '/jwks': keys('k1'),
    };
    expect(keyIds(await fetcher().keysOf(issuer, null))).toEqual(['k1']);
    expect(server.asked).toEqual([`/realms/a${METADATA}`, `${OAUTH_METADATA}/realms/a`, '/jwks']);
  });

  it('is asked once, however many tokens wait', async () => {
    const source = fetcher();
    await Promise.all(Array.from({ length: 20 }, (_, n) => source.keysOf(server.origin, `k${n % 2}`)));
    expect(server.asked).toHaveLength(2);
  });
});

describe('a hostile or broken issuer', () => {
  it.each([
    [
      'HTML',
      (response: ServerResponse) => response.end('<!doctype html><title>Log in</title>'),
      /something else than a JSON object/,
    ],
    ['a list', (response: ServerResponse) => response.end('[]'), /something else than a JSON object/],
    ['nothing', (response: ServerResponse) => response.end(), /something else than a JSON object/],
    ['500', status(500), /answered 500/],
    [
      'JSON nested without end',
      (response: ServerResponse) => response.end('{"a":'.repeat(50_000)),
      /something else/,
    ],
  ])('answers with %s', async (_what, answer, reason) => {
    answers['/jwks'] = answer;
    expect(await unreachable()).toMatch(reason);
    answers[METADATA] = answer;
    expect(await unreachable()).toMatch(reason);
  });

  it('that cuts the connection is a reason, not an error', async () => {
    answers[METADATA] = (response) => response.destroy();
    answers[OAUTH_METADATA] = (response) => response.destroy();
    expect(await unreachable()).toMatch(/could not be fetched/);
  });

  it('that never answers is given up, and so is one that never ends', async () => {
    answers[METADATA] = () => undefined;
    answers[OAUTH_METADATA] = () => undefined;
    expect(await unreachable(server.origin, fetcher(50))).toMatch(/could not be fetched/);
    answers[METADATA] = (response) => response.write('{"issuer":');
    answers[OAUTH_METADATA] = (response) => response.write('{"issuer":');
    expect(await unreachable(server.origin, fetcher(50))).toMatch(/could not be fetched/);
  });

  it('that sends a gigabyte is cut after a megabyte', async () => {
    let written = 0;
    const chunk = Buffer.alloc(65_536, ' ');
    const closed = new Promise<void>((resolve) => {
      answers['/jwks'] = (response) => {
        response.on('close', resolve);
        const more = () => {
          while (written < 1_073_741_824 && !response.destroyed) {
            written += chunk.length;
            if (!response.write(chunk)) {
              response.once('drain', more);
              return;
            }
          }
          response.end();
        };
        more();
      };
    });
    expect(await unreachable()).toMatch(/more than 1048576 bytes/);
    await closed;
    expect(written).toBeLessThan(64_000_000);
  });

  it('that redirects to another origin is not followed', async () => {
    const other = await listen((request, response) => keys('evil')(response, request));
    const redirect: Answer = (response) => {
      response.writeHead(302, { location: `${other.origin}/jwks` }).end();
    };
    answers['/jwks'] = redirect;
    expect(await unreachable()).toMatch(/could not be fetched/);
    answers[METADATA] = redirect;
    expect(await unreachable()).toMatch(/could not be fetched/);
    expect(other.asked).toEqual([]);
    await other.close();
  });

  it('whose metadata names another issuer is not believed', async () => {
    for (const issuer of ['https://accounts.google.com', `${server.origin}/other`, '', undefined]) {
      answers[METADATA] = json({ issuer, jwks_uri: `${server.origin}/jwks` });
      expect(await unreachable()).toMatch(/No metadata|could not be fetched/);
    }
    expect(server.asked).not.toContain('/jwks');
  });

  it('with ten thousand keys has the first hundred', async () => {
    answers['/jwks'] = keys(...Array.from({ length: 10_000 }, (_, n) => `k${n}`));
    expect(keyIds(await fetcher().keysOf(server.origin, null))).toHaveLength(100);
  });

  it('that publishes a private or a symmetric key: neither is kept', async () => {
    answers['/jwks'] = json({
      keys: [
        { kty: 'EC', crv: 'P-256', kid: 'k1', x: 'x', y: 'y', d: 'private' },
        { kty: 'oct', kid: 'k2', k: 'symmetric' },
        null,
        'key',
      ],
    });
    const found = await fetcher().keysOf(server.origin, null);
    expect(keyIds(found)).toEqual(['k1']);
    expect(JSON.stringify(found)).not.toMatch(/private|symmetric/);
  });

  it.each([
    ['no list of keys', { keys: 'none' }],
    ['no keys at all', {}],
  ])('with %s has no JWK Set', async (_what, body) => {
    answers['/jwks'] = json(body);
    expect(await unreachable()).toMatch(/no JWK Set/);
  });
});

describe('where keys are not fetched from', () => {
  it('no "jwks_uri" is said so', async () => {
    answers[METADATA] = json({ issuer: server.origin });
    expect(await unreachable()).toMatch(/names no "jwks_uri"/);
  });

  it.each([
    'ftp://127.0.0.1/jwks',
    'file:///etc/passwd',
    'data:application/json,{"keys":[]}',
    'http://keys.example/jwks',
    'https://10.0.0.1/jwks',
    'https://[fd00::1]/jwks',
  ])('a "jwks_uri" of %s', async (jwksUri) => {
    answers[METADATA] = json({ issuer: server.origin, jwks_uri: jwksUri });
    expect(await unreachable()).toMatch(/not a place that keys are fetched from/);
  });

  it.each([
    'http://login.example',
    'ftp://login.example',
    'login.example',
    'javascript:alert(1)',
    'chrome-extension://abc',
    '',
  ])('an issuer of "%s" is not asked at all', async (issuer) => {
    let asked = 0;
    const source = new KeyFetcher(
      () => Promise.reject(new Error(`asked ${++asked}`)),
      () => now,
    );
    expect(await unreachable(issuer, source)).toMatch(/No metadata document/);
    expect(asked).toBe(0);
  });

  it.each([
    'http://127.0.0.1:1/jwks',
    'https://localhost/jwks',
    'https://192.168.0.1/jwks',
    'https://[::1]/jwks',
  ])('a public issuer can’t send us to %s', async (jwksUri) => {
    const asked: string[] = [];
    const source = new KeyFetcher(
      async (input) => {
        asked.push(String(input));
        return Response.json({ issuer: 'https://login.example', jwks_uri: jwksUri });
      },
      () => now,
    );
    expect(await unreachable('https://login.example', source)).toMatch(/not a place/);
    expect(asked).toEqual([`https://login.example${METADATA}`]);
  });
});

describe('keys that rotate', () => {
  it('a "kid" that is unknown asks again, but only after a minute', async () => {
    const source = fetcher();
    expect(keyIds(await source.keysOf(server.origin, 'k1'))).toEqual(['k1']);
    answers['/jwks'] = keys('k1', 'k2');
    now = MINUTE - 1;
    expect(keyIds(await source.keysOf(server.origin, 'k2'))).toEqual(['k1']);
    now = MINUTE;
    expect(keyIds(await source.keysOf(server.origin, 'k2'))).toEqual(['k1', 'k2']);
    expect(server.asked).toHaveLength(4);
  });

  it('known keys are asked for again after ten minutes', async () => {
    const source = fetcher();
    await source.keysOf(server.origin, 'k1');
    now = 10 * MINUTE - 1;
    await source.keysOf(server.origin, 'k1');
    expect(server.asked).toHaveLength(2);
    now = 10 * MINUTE;
    await source.keysOf(server.origin, null);
    expect(server.asked).toHaveLength(4);
  });

  it('an issuer that was away is asked again after a minute', async () => {
    const { [METADATA]: good = status(404) } = answers;
    answers[METADATA] = status(503);
    const source = fetcher();
    expect(await unreachable(server.origin, source)).toMatch(/503/);
    answers[METADATA] = good;
    now = MINUTE - 1;
    expect(await unreachable(server.origin, source)).toMatch(/503/);
    now = MINUTE;
    expect(keyIds(await source.keysOf(server.origin, 'k1'))).toEqual(['k1']);
  });

  it('an unknown "kid" while the issuer is away takes no known key from the others', async () => {
    const source = fetcher();
    await source.keysOf(server.origin, 'k1');
    answers['/jwks'] = status(503);
    now = MINUTE;
    expect(keyIds(await source.keysOf(server.origin, 'made-up'))).toEqual(['k1']);
    expect(keyIds(await source.keysOf(server.origin, 'k1'))).toEqual(['k1']);
  });

  it('many tokens with unknown keys ask once', async () => {
    const source = fetcher();
    await source.keysOf(server.origin, 'k1');
    now = MINUTE;
    await Promise.all(Array.from({ length: 50 }, (_, n) => source.keysOf(server.origin, `unknown${n}`)));
    expect(server.asked).toHaveLength(4);
  });
});

it('what is kept is bounded, however many issuers a page names', async () => {
  let asked = 0;
  const source = new KeyFetcher(
    () => {
      asked++;
      return Promise.reject(new Error('away'));
    },
    () => now,
  );
  const issuer = (n: number) => `https://login.example/${n}`;
  for (let n = 0; n < 1_000; n++) await source.keysOf(issuer(n), null);
  asked = 0;
  await source.keysOf(issuer(999), null);
  expect(asked).toBe(0);
  await source.keysOf(issuer(0), null);
  expect(asked).toBe(2);
});
