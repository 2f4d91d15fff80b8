import { describe, expect, it } from 'vitest';
import { type Fetching, fetchDocument } from '../../../src/core/verify/fetch-document.ts';

const NOW = 1_767_225_600_000;
const URL_OF_KEYS = 'https://login.example/jwks';

interface Said {
  readonly dated: [origin: string, serverMs: number, localMs: number][];
  readonly asked: [url: string, status: number | null][];
}

/** Fetches what these answer, one after the other, and tells what the witness was told. */
async function told(...answers: readonly Response[]): Promise<Said> {
  const said: Said = { dated: [], asked: [] };
  const left = [...answers];
  const with_: Fetching = {
    fetch: async () => left.shift() ?? Promise.reject(new TypeError('refused')),
    now: () => NOW,
    limits: { timeoutMs: 1_000, maxBytes: 1_000 },
    witness: {
      asked: ({ url, status }) => said.asked.push([url, status]),
      dated: (...one) => said.dated.push(one),
    },
  };
  await fetchDocument(URL_OF_KEYS, with_).catch(() => undefined);
  return said;
}

const dated = (headers: Readonly<Record<string, string>>, status = 200) =>
  new Response(status === 200 ? '{}' : null, {
    status,
    headers: { date: 'Thu, 01 Jan 2026 01:00:00 GMT', ...headers },
  });

describe('what a server says of the time', () => {
  it('is told beside this machine’s clock', async () => {
    expect((await told(dated({}))).dated).toEqual([['https://login.example', NOW + 3_600_000, NOW]]);
  });

  it('counts of an error and of a redirect, too', async () => {
    expect((await told(dated({}, 500))).dated).toHaveLength(1);
    expect((await told(dated({ location: '/keys' }, 302), dated({}))).dated).toHaveLength(2);
  });

  it('does not count of an answer that a cache on the way has kept: it says when that was made (RFC 9111 §5.1)', async () => {
    expect((await told(dated({ age: '8323' }))).dated).toEqual([]);
  });

  it('that is no time says nothing', async () => {
    expect((await told(dated({ date: 'soon' }))).dated).toEqual([]);
  });
});

describe('what left the browser', () => {
  it('is told request by request, with what came of it', async () => {
    const { asked } = await told(dated({ location: '/keys' }, 302));
    expect(asked).toEqual([
      [URL_OF_KEYS, 302],
      ['https://login.example/keys', null],
    ]);
  });
});
