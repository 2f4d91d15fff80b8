/**
 * `npm run bench`: what a token costs, new and seen again, beside jose's `decodeJwt` and `jwtVerify` in the same run. Every
 * contestant gets the same tokens in turns, so that a busy machine is busy for all of them.
 */
import { type CryptoKey, decodeJwt, generateKeyPair, jwtVerify, SignJWT } from 'jose';
import { Audit } from '../../src/core/audit.ts';
import { classify } from '../../src/core/classify/classify.ts';
import { decode } from '../../src/core/decode/decode.ts';
import type { HttpExchange } from '../../src/core/model/exchange.ts';
import { TokenNames } from '../../src/core/record/token-names.ts';
import { fingerprint } from '../../src/core/syntax/fingerprint.ts';
import { estimate } from './statistics.ts';

const ROUNDS = 60;
const TOKENS = 400;
const ISSUER = 'https://login.example';
const NOW_S = Math.floor(Date.now() / 1_000);

/** Bars of the design: a token seen again in µs, decode and classify of a new one as a multiple of `decodeJwt`. */
const REPEATED_US = 2;
const NEW_FACTOR = 2;

const { privateKey, publicKey } = await generateKeyPair('RS256');
const idTokens = await signed(privateKey, 'id');
const accessTokens = await signed(privateKey, 'access');
const tokens = idTokens.flatMap((token, index) => [token, accessTokens[index] ?? token]);
const PLACE = { location: 'authorization_header', name: 'Authorization', scheme: 'bearer' } as const;
const facts = { provenance: null, stored: null, places: [PLACE], isClientOf: () => false } as const;

async function signed(key: CryptoKey, kind: 'id' | 'access'): Promise<readonly string[]> {
  const all: string[] = [];
  for (let n = 0; n < TOKENS / 2; n++) {
    const own =
      kind === 'id'
        ? {
            aud: 'the-app',
            nonce: `n-${n}`,
            auth_time: NOW_S,
            name: 'Ada Lovelace',
            email: 'ada@example.org',
          }
        : { aud: 'https://api.example', scope: 'openid orders:read', client_id: 'the-app', jti: `j-${n}` };
    const jwt = new SignJWT({ iss: ISSUER, sub: `user-${n}`, ...own })
      .setProtectedHeader({ alg: 'RS256', kid: 'k1', typ: kind === 'id' ? 'JWT' : 'at+jwt' })
      .setIssuedAt(NOW_S)
      .setExpirationTime(NOW_S + 600);
    all.push(await jwt.sign(key));
  }
  return all;
}

/** A string of the same characters that no map has seen: as each request brings one. */
function copies(texts: readonly string[]): readonly string[] {
  return texts.map((text) => Buffer.from(text, 'latin1').toString('latin1'));
}

function exchangeWith(token: string, n: number): HttpExchange {
  return {
    id: `w${n}`,
    at: NOW_S * 1_000,
    witness: 'web_request',
    tab: 1,
    method: 'GET',
    url: 'https://api.example/orders',
    initiator: 'https://app.example',
    destination: 'subresource',
    requestHeaders: [{ name: 'Authorization', value: `Bearer ${token}` }],
    requestBody: { form: 'none' },
    response: null,
  };
}

/** Something to measure: gets ready untimed, then does `count` things. */
interface Contestant {
  readonly name: string;
  readonly round: () => { readonly count: number; readonly run: () => void };
}

let sink = 0;
let exchanges = 0;
const audit = new Audit();
const names = new TokenNames();
const few = tokens.slice(0, 8);
for (const token of few) {
  names.of(token);
  audit.observe(exchangeWith(token, exchanges++));
}

const each = (texts: () => readonly string[], work: (text: string) => number) => () => {
  const prepared = texts();
  return {
    count: prepared.length,
    run: () => {
      for (const text of prepared) sink += work(text);
    },
  };
};
const repeats = (): readonly string[] => copies(Array.from({ length: 50 }, () => few).flat());

/** What belongs to a token that was seen before: its name, its entry, and that nothing about it changed. */
const seenAgain = new Map(few.map((token) => [fingerprint(token), { version: audit.knowledge.version }]));

const CONTESTANTS: readonly Contestant[] = [
  {
    name: 'jose decodeJwt',
    round: each(
      () => copies(tokens),
      (text) => Object.keys(decodeJwt(text)).length,
    ),
  },
  {
    name: 'decode and classify',
    round: each(
      () => copies(tokens),
      (text) => classify(decode(text, ''), { ...facts, raw: text }).evidence.length,
    ),
  },
  {
    name: 'fingerprint (SHA-256) of a new token',
    round: each(
      () => copies(tokens),
      (text) => fingerprint(text).length,
    ),
  },
  {
    name: 'a token seen again: what belongs to the token',
    round: each(repeats, (text) =>
      seenAgain.get(names.of(text))?.version === audit.knowledge.version ? 1 : 0,
    ),
  },
  {
    name: 'a request with a token seen again, judged, in all',
    round: () => {
      // Fresh for each round: the log grows, and with it what is looked up.
      const own = new Audit();
      for (const token of few) own.observe(exchangeWith(token, exchanges++));
      const prepared = repeats().map((token) => exchangeWith(token, exchanges++));
      return {
        count: prepared.length,
        run: () => {
          for (const one of prepared) sink += own.observe(one).exchanges.size;
        },
      };
    },
  },
  {
    name: 'a request with a new token, judged, in all',
    round: () => {
      const own = new Audit();
      const prepared = copies(tokens).map((token) => exchangeWith(token, exchanges++));
      return {
        count: prepared.length,
        run: () => {
          for (const one of prepared) sink += own.observe(one).exchanges.size;
        },
      };
    },
  },
];

const results = new Map<string, number[]>(CONTESTANTS.map(({ name }) => [name, []]));
for (let round = -10; round < ROUNDS; round++) {
  for (const { name, round: prepare } of CONTESTANTS) {
    const { count, run } = prepare();
    const from = performance.now();
    run();
    const perOne = ((performance.now() - from) * 1_000) / count;
    if (round >= 0) results.get(name)?.push(perOne);
  }
}
const verified: number[] = [];
for (let round = -2; round < 10; round++) {
  const from = performance.now();
  for (const token of tokens) sink += (await jwtVerify(token, publicKey)).payload.sub?.length ?? 0;
  if (round >= 0) verified.push(((performance.now() - from) * 1_000) / tokens.length);
}
results.set('jose jwtVerify (RS256)', verified);

const length = Math.round(tokens.reduce((sum, token) => sum + token.length, 0) / tokens.length);
console.log(
  `µs each, median of ${ROUNDS} rounds with its 95 % interval; ${tokens.length} tokens of ${length} characters on average`,
);
for (const [name, values] of results) {
  const { median, low, high } = estimate(values);
  console.log(`${median.toFixed(2).padStart(9)}  (${low.toFixed(2)} to ${high.toFixed(2)})  ${name}`);
}
const medianOf = (name: string): number => estimate(results.get(name) ?? []).median;
const repeated = medianOf('a token seen again: what belongs to the token');
const factor = medianOf('decode and classify') / medianOf('jose decodeJwt');
const isRepeatedGood = repeated <= REPEATED_US;
const isNewGood = factor <= NEW_FACTOR;
console.log(
  `${isRepeatedGood ? 'good' : 'MISSED'}: a token seen again takes ${repeated.toFixed(2)} µs; the bar is ${REPEATED_US} µs`,
);
console.log(
  `${isNewGood ? 'good' : 'MISSED'}: decode and classify take ${factor.toFixed(2)} × decodeJwt; the bar is ${NEW_FACTOR} ×`,
);
if (sink === 0) console.log('Nothing was done.');
process.exitCode = isRepeatedGood && isNewGood ? 0 : 1;
