import { describe, expect, it } from 'vitest';
import { classify } from '../../../src/core/classify/classify.ts';
import { decode } from '../../../src/core/decode/decode.ts';
import { Knowledge } from '../../../src/core/learn/knowledge.ts';
import type { Classification, TokenKind } from '../../../src/core/model/token.ts';
import { fingerprint } from '../../../src/core/syntax/fingerprint.ts';
import { type CorpusRow, corpus, rawOf } from '../../fixtures/corpus.ts';

/** The kinds that are right for a label. A label that isn't here has no kind of its own: see {@link NEVER}. */
const RIGHT: Readonly<Record<string, readonly TokenKind[]>> = {
  id_token: ['id_token'],
  access_token: ['access_token'],
  refresh_token: ['refresh_token'],
  logout_token: ['logout_token'],
  dpop_proof: ['dpop_proof'],
  client_assertion: ['client_assertion'],
  request_object: ['request_object'],
  set: ['security_event'],
  session_token: ['session_token'],
  jwe: ['encrypted'],
};

/** What a token without an OAuth role must not be taken for. */
const NEVER: readonly TokenKind[] = ['id_token', 'access_token'];

const ISSUED_AS = ['id_token', 'access_token', 'refresh_token'] as const;

type Verdict = 'right' | 'abstained' | 'wrong';

function verdictOf(row: CorpusRow, { kind, confidence }: Classification): Verdict {
  const right = RIGHT[row.kind];
  if (confidence === 'weak') return 'abstained';
  if (kind === 'unknown_jwt' || kind === 'opaque' || kind === 'encrypted') {
    return right === undefined || right.includes(kind) ? 'right' : 'abstained';
  }
  if (right === undefined) return NEVER.includes(kind) ? 'wrong' : 'right';
  return right.includes(kind) ? 'right' : 'wrong';
}

/** The request that carries the token, alone. */
function cold(row: CorpusRow): Classification {
  const raw = rawOf(row);
  return classify(decode(raw, fingerprint(raw)), {
    provenance: null,
    places: [{ location: 'authorization_header', name: 'Authorization', scheme: 'bearer' }],
    isClientOf: () => false,
    raw,
  });
}

/** The same after its flow: its client known at its issuer, the token seen in the field of its kind. */
function warm(row: CorpusRow): Classification {
  const raw = rawOf(row);
  const token = fingerprint(raw);
  const known = new Knowledge();
  const issuer = typeof row.payload?.['iss'] === 'string' ? row.payload['iss'] : null;
  const url = URL.parse(issuer === 'accounts.google.com' ? `https://${issuer}` : (issuer ?? ''));
  if (row.client_id !== null && url !== null) {
    const lesson = { serverOrigin: url.origin, origins: [], learnedFrom: 'x1' };
    known.add({ learned: 'client', clientId: row.client_id, ...lesson });
  }
  const issuedAs = ISSUED_AS.find((kind) => kind === row.kind);
  if (issuedAs !== undefined) {
    const endpoint = 'https://as.example/token';
    const issued = { issuedAs, issuedIn: 'x2', at: 0, endpoint, clientId: row.client_id };
    known.add({ learned: 'provenance', token, ...issued, resources: [], scope: [] });
  }
  return classify(decode(raw, token), {
    provenance: known.provenance(token),
    places: [{ location: 'authorization_header', name: 'Authorization', scheme: 'bearer' }],
    isClientOf: (clientId, of) => known.isClientOf(clientId, of),
    raw,
  });
}

const isTold = (row: CorpusRow) =>
  row.form === 'jwt' && (row.kind === 'id_token' || row.kind === 'access_token');

/** Of the ID and access tokens that are JWTs, the share whose kind was not told. */
function abstained(classifyRow: (row: CorpusRow) => Classification): number {
  const rows = corpus.filter(isTold);
  return rows.filter((row) => verdictOf(row, classifyRow(row)) === 'abstained').length / rows.length;
}

describe('the corpus of documented token shapes', () => {
  it.each(corpus.map((row) => [row.id, row] as const))('%s is not taken for what it is not', (_, row) => {
    const first = cold(row);
    const second = warm(row);
    expect({ cold: first, verdict: verdictOf(row, first) }).not.toMatchObject({ verdict: 'wrong' });
    expect({ warm: second, verdict: verdictOf(row, second) }).not.toMatchObject({ verdict: 'wrong' });
  });

  it('an ID or access token is told from its request alone, but for 15 in 100', () => {
    expect(abstained(cold)).toBeLessThanOrEqual(0.15);
  });

  it('an ID or access token is always told once its flow was seen', () => {
    expect(abstained(warm)).toBe(0);
  });

  it('an ID or access token is told from its client_id alone about as well as from its flow', () => {
    const unseen = (row: CorpusRow) => warm({ ...row, kind: 'other' });
    expect(abstained(unseen)).toBeLessThanOrEqual(abstained(cold));
  });
});

/** Figures for people: AUD_IT_FIGURES=1 npx vitest run --project unit test/core/classify/corpus.test.ts */
if (process.env['AUD_IT_FIGURES'] !== undefined) {
  for (const [name, classifyRow] of [
    ['cold', cold],
    ['warm', warm],
  ] as const) {
    const counts: { [kind: string]: { [verdict in Verdict]?: number } } = {};
    for (const row of corpus) {
      const verdict = verdictOf(row, classifyRow(row));
      const key = `${row.kind} (${row.form})`;
      const count = counts[key] ?? {};
      counts[key] = { ...count, [verdict]: (count[verdict] ?? 0) + 1 };
      if (verdict === 'wrong' || (verdict === 'abstained' && isTold(row))) {
        const { kind, confidence } = classifyRow(row);
        console.log(name, verdict, row.id, kind, confidence);
      }
    }
    console.log(name);
    console.table(counts);
  }
}
