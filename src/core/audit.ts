import { type AuditChange, changeOf, merge, NOTHING } from './audit/change.ts';
import { RecentExchanges } from './audit/recent-exchanges.ts';
import { type AuditCounts, SeenCounts } from './audit/seen-counts.ts';
import {
  type PendingToken,
  type ReadableToken,
  SessionTokens,
  type UnverifiedToken,
} from './audit/session-tokens.ts';
import { judgedExchange, SessionViews } from './audit/session-views.ts';
import { extract } from './extract/extract.ts';
import { datedAnswer } from './learn/clock-skew.ts';
import { contactOf } from './learn/contact.ts';
import { Knowledge, type Topic } from './learn/knowledge.ts';
import { learn } from './learn/learn.ts';
import { locate } from './learn/locate.ts';
import { readProtocol } from './learn/protocol.ts';
import { learnFromStorage } from './learn/storage.ts';
import type { Configuration } from './model/configuration.ts';
import type { HttpExchange, UnseenReason } from './model/exchange.ts';
import type { Lesson } from './model/knowledge.ts';
import type { AppMap } from './model/map.ts';
import type { ExchangeRecord, TokenRecord } from './model/record.ts';
import type { StoredEntry } from './model/sdk.ts';
import type { Timeline } from './model/timeline.ts';
import type { Fingerprint, RecordedSighting, SignatureState } from './model/token.ts';
import type { AuditDetail, AuditRow, Coverage } from './model/view.ts';
import { type ExchangeEntry, hashUrl, Ledger } from './record/ledger.ts';
import type { JudgedExchange, ReportFacts } from './report/audit-report.ts';
import { redactUrl } from './report/redact-url.ts';
import { stringsMember } from './syntax/json.ts';
import type { ExchangeVerdict } from './verdict.ts';

export type { AuditChange, AuditCounts, PendingToken, ReadableToken, UnverifiedToken };

/** Bounds of one session. What is beyond is counted, not kept. */
const MAX_EXCHANGES = 100_000;
/** Audiences of one token that are looked for on the map: more than any real one has. */
const MAX_LOCATED = 64;
/** Takes some ten milliseconds. */
const JUDGED_IN_ONE_STEP = 100;

/**
 * The audit: observe → extract → decode → classify → verify → judge → record. One instance is one session; it holds
 * all state, touches nothing outside, and each verdict is a function of what it holds. Signatures are checked by the
 * caller, who has the keys: {@link pending} names the tokens that wait, {@link setSignature} takes the answer.
 */
export class Audit {
  readonly knowledge = new Knowledge();
  readonly #ledger = new Ledger();
  readonly #tokens = new SessionTokens(this.#ledger, this.knowledge);
  readonly #views = new SessionViews(this.#ledger, this.knowledge);
  readonly #counts = new SeenCounts();
  readonly #recent = new RecentExchanges();
  #order = 0;
  #isDeferred: boolean;

  /**
   * @param judges 'later' where verdicts are asked for only when all was observed: call {@link settle} then. Judging a
   *   file's exchanges as they come would be for nothing.
   */
  constructor(judges: 'at once' | 'later' = 'at once') {
    this.#isDeferred = judges === 'later';
  }

  /** Judges all that was observed, and from now on at once. @returns as {@link reportFacts}, without judging twice */
  settle(): ReportFacts {
    this.#isDeferred = false;
    for (const name of this.#ledger.tokens.keys()) this.#tokens.weigh(name);
    return this.#reportFacts((entry) => this.#judge(entry));
  }

  /**
   * Takes one exchange, as any witness tells it. Never throws: what can't be read is counted.
   * @param again true where it was told of before under this very id, and now more is known of it
   */
  observe(exchange: HttpExchange, again = false): AuditChange {
    return this.#take(exchange, again);
  }

  /** @param order of a request that was told of before, and nothing was found in it; null where it was not */
  #take(exchange: HttpExchange, again: boolean, order: number | null = null): AuditChange {
    const urlHash = hashUrl(exchange.url);
    const { sightings, unseen } = extract(exchange, this.knowledge.issued);
    const now = sightings.map((sighting) => ({ sighting, recorded: this.#tokens.recorded(sighting) }));
    const witnessed = again
      ? null
      : this.#ledger.witnessed(
          exchange,
          urlHash,
          now.map(({ recorded }) => recorded),
        );
    if (witnessed === 'duplicate') return NOTHING;
    const known = witnessed?.entry ?? this.#ledger.named(exchange.id);
    const isFirst = known === null && order === null;
    const isNew = isFirst && witnessed === null && !this.#ledger.hasPassed(exchange.id);
    if (isNew && !again) this.#counts.of(exchange.tab).exchanges++;

    // Lessons and sightings of two witnesses meet under the id that the first one gave.
    const told = { ...exchange, id: known?.record.id ?? witnessed?.id ?? exchange.id };
    if (isFirst) this.#order++;
    const place = order ?? known?.record.order ?? this.#order;
    const lessons = learn(told);
    // A second witness lacks the same things again; what it lacks beyond the first is counted.
    const counted = isNew ? [] : (witnessed?.unseen ?? null);
    const lacks = counted === null ? [] : unseen.filter((reason) => !counted.includes(reason));
    for (const reason of lacks) this.unseen(reason);
    // Only DevTools show a live response's body: what they lost of one that could teach is counted.
    const body = exchange.witness === 'devtools' ? exchange.response?.body : undefined;
    if (body?.form === 'unseen') this.unseen(body.reason);
    const news = merge(this.learn(lessons), this.#surroundings(exchange));
    // After it taught: a request can't carry what its own response brings.
    if (order === null) this.#recent.add(told, place);
    const message = readProtocol(told);
    if (known === null && sightings.length === 0 && lessons.length === 0 && message === null) {
      if (!again) this.#ledger.pass(exchange, urlHash, witnessed, lacks);
      return news;
    }
    if (known === null && this.#ledger.exchanges.size >= MAX_EXCHANGES) {
      this.unseen('log_full');
      return news;
    }
    const entry = known ?? {
      // What is told of again, webRequest told of first.
      record: recordOf(again && order === null ? { ...told, witness: 'web_request' } : told, urlHash, place),
      ...{ findings: [], row: null, role: 'unknown', topics: [] },
    };
    const before = entry.record.sightings;
    const renamed = new Set<Topic>();
    for (const { sighting, recorded } of now) {
      this.#tokens.add(sighting.raw, recorded.token);
      if (this.#tokens.place(recorded, told.id)) renamed.add(`token:${recorded.token}`);
    }
    entry.record = {
      ...entry.record,
      ...witnessed?.told,
      // 0 says that nothing is known of it.
      status: told.response?.status || entry.record.status,
      seenInDevtools:
        entry.record.seenInDevtools || witnessed?.told.seenInDevtools === true || told.witness === 'devtools',
      ...(told.witness === 'devtools' ? { listedAt: told.at } : {}),
      message: entry.record.message ?? message,
      sightings: [
        ...before,
        ...now
          .map(({ recorded }) => recorded)
          .filter((sighting) => !before.some((other) => isSameSighting(sighting, other))),
      ],
    };
    this.#ledger.put(entry);
    this.#ledger.visit(entry.record);
    const tokens = new Set(entry.record.sightings.map(({ token }) => token));
    const located = this.#locate(entry.record);
    const affected = this.#judgeAgain([...renamed], [told.id]);
    return merge(merge(news, located), { exchanges: affected, tokens, lessons: [] });
  }

  /** What is learned of the surroundings, without making the exchange one that taught something. */
  #surroundings(exchange: HttpExchange): AuditChange {
    const contact = contactOf(exchange);
    const dated = datedAnswer(exchange);
    const news = contact === null ? NOTHING : this.learn([contact]);
    return dated === null ? news : merge(news, this.clock(dated.origin, dated.serverMs, dated.localMs));
  }

  /**
   * Takes what a server says of the time, beside this machine's clock (both in ms since the epoch). Where that shows the clock
   * to be off by another amount than was thought, everything is judged again.
   */
  clock(origin: string, serverMs: number, localMs: number): AuditChange {
    if (!this.knowledge.clock.add(origin, serverMs, localMs)) return NOTHING;
    return changeOf({ exchanges: this.#judgeAgain([], [...this.#ledger.exchanges.keys()]) });
  }

  /**
   * @param prefix what the ids of all that was told of the request begin with
   * @returns the id under which it was told of last, at whatever time; null where nothing was kept of it
   */
  knownAs(exchange: HttpExchange, prefix: string): string | null {
    return this.#ledger.latest(exchange, hashUrl(exchange.url), prefix)?.record.id ?? null;
  }

  /** Takes the status of a response. */
  answered(id: string, status: number): AuditChange {
    const entry = this.#ledger.named(id);
    // What is found in it later is told with its answer.
    if (entry === null) this.#recent.answered(id, status);
    if (entry === null || entry.record.status === status) return NOTHING;
    entry.record = { ...entry.record, status };
    // No rule reads the answer: the verdict stays.
    if (entry.row !== null) entry.row = { ...entry.row, status };
    return changeOf({ exchanges: new Set([entry.record.id]) });
  }

  /**
   * Takes what client libraries keep in a page's storage.
   * @param origin the page's
   * @param at ms since the epoch
   */
  stored(origin: string, entries: readonly StoredEntry[], at: number, learnedFrom?: string): AuditChange {
    return this.learn(learnFromStorage(origin, entries, at, learnedFrom));
  }

  /** Of these tokens those that no response was seen to issue, and no storage to keep. */
  tokensOfUnknownOrigin(tokens: Iterable<Fingerprint>): readonly Fingerprint[] {
    return [...tokens].filter(
      (token) => this.knowledge.provenance(token) === null && this.knowledge.stored(token) === null,
    );
  }

  /** Takes facts that are new, and judges again what depends on them. */
  learn(lessons: readonly Lesson[]): AuditChange {
    const news = lessons
      .map((lesson) => ({ lesson, topics: this.knowledge.add(lesson) }))
      .filter(({ topics }) => topics.length > 0);
    const exchanges = this.#judgeAgain(
      news.flatMap(({ topics }) => topics),
      [],
    );
    const learned = news.map(({ lesson }) => lesson);
    return merge(changeOf({ exchanges, lessons: learned }), this.#lookAgain(learned));
  }

  /** Finds the opaque tokens that these lessons tell of in the requests that came before. */
  #lookAgain(lessons: readonly Lesson[]): AuditChange {
    let change = NOTHING;
    for (const { exchange, order } of this.#recent.carrying(lessons))
      change = merge(change, this.#take(exchange, true, order));
    // Where a token went is said of all its requests.
    const topics = [...change.tokens].map((token) => `token:${token}`);
    return merge(change, changeOf({ exchanges: this.#judgeAgain(topics, []) }));
  }

  /**
   * Takes what a person declares, in the place of what was declared before, and judges everything again.
   * @param at ms since the epoch: what was accepted until before then is accepted no more
   */
  configure(configuration: Configuration, at: number): AuditChange {
    const steps = [...this.configuring(configuration, at)];
    return changeOf({ exchanges: new Set(steps.flatMap((step) => [...step.exchanges])) });
  }

  /** As {@link configure}, in steps between which others may have their turn: the newest exchanges first. */
  *configuring(configuration: Configuration, at: number): Generator<AuditChange> {
    this.knowledge.declare(configuration, at);
    const ids = [...this.#ledger.exchanges.keys()].reverse();
    for (let from = 0; from < ids.length; from += JUDGED_IN_ONE_STEP) {
      yield changeOf({ exchanges: this.#judgeAgain([], ids.slice(from, from + JUDGED_IN_ONE_STEP)) });
    }
  }

  /** The tokens whose issuer may be asked for keys and was not yet. */
  pending(): Iterable<PendingToken> {
    return this.#tokens.pending();
  }

  /**
   * The tokens whose signature waits for keys, as of now, and when each was sent last (ms since the epoch). To be asked
   * before {@link settle}: then what the keys say is judged once, with all else.
   */
  unverified(): readonly UnverifiedToken[] {
    return this.#tokens.unverified();
  }

  /** A token that can be read, whatever its state; null for any other. */
  readable(name: Fingerprint): ReadableToken | null {
    return this.#tokens.readable(name);
  }

  /** Every token of the session, by name. */
  tokenNames(): Iterable<Fingerprint> {
    return this.#ledger.tokens.keys();
  }

  setSignature(token: Fingerprint, signature: SignatureState): AuditChange {
    if (!this.#tokens.setSignature(token, signature)) return NOTHING;
    return changeOf({ exchanges: this.#judgeAgain([`token:${token}`], []), tokens: new Set([token]) });
  }

  /** Counts what was not seen. */
  unseen(reason: UnseenReason, count = 1): void {
    this.#counts.unseen(reason, count);
  }

  /** The tabs of which anything was recorded. */
  tabs(): readonly number[] {
    return this.#counts.tabs();
  }

  ids(): Iterable<string> {
    return this.#ledger.exchanges.keys();
  }

  rows(tab: number | null): readonly AuditRow[] {
    const rows: AuditRow[] = [];
    for (const { record, row } of this.#ledger.exchanges.values()) {
      if (row !== null && record.tab === tab) rows.push(row);
    }
    return rows;
  }

  row(id: string): AuditRow | null {
    return this.#ledger.exchanges.get(id)?.row ?? null;
  }

  record(id: string): ExchangeRecord | null {
    return this.#ledger.exchanges.get(id)?.record ?? null;
  }

  tokenRecord(name: Fingerprint): TokenRecord | null {
    return this.#tokens.record(name);
  }

  /** @returns everything about one exchange, null where there is nothing to say of it or it was forgotten */
  detail(id: string): AuditDetail | null {
    return this.#views.detail(id);
  }

  /** @returns who is who in a tab, and which tokens went from whom to whom */
  map(tab: number | null): AppMap {
    return this.#views.map(tab);
  }

  /** @returns the logins of a tab, step by step */
  timeline(tab: number | null): Timeline {
    return this.#views.timeline(tab);
  }

  /** @returns the token itself, where it was seen in this tab: for a person who asks for it, and for nothing else */
  rawToken(name: Fingerprint, tab: number | null): string | null {
    return this.#views.rawToken(name, tab);
  }

  /** @returns what was seen of a tab; what was not seen is counted for all tabs together */
  coverage(tab: number | null): Coverage {
    const unseen = this.#counts.allUnseen();
    return { ...this.#counts.of(tab), sawSignIn: this.knowledge.sawSignIn, unseen };
  }

  /** All that a report is made of, unredacted. */
  reportFacts(): ReportFacts {
    return this.#reportFacts(({ record }) => this.#views.verdict(record));
  }

  #reportFacts(judged: (entry: ExchangeEntry) => ExchangeVerdict): ReportFacts {
    const exchanges = [...this.#ledger.exchanges.values()].map((entry) =>
      judgedExchange(entry.record, judged(entry)),
    );
    return { coverage: this.#counts.total(), lessons: this.lessons(), exchanges };
  }

  /** All that is known: what a person declared, and what the traffic taught. */
  lessons(): readonly Lesson[] {
    return this.#views.lessons();
  }

  /** One exchange with all that is said of it, unredacted; null where it was forgotten. */
  judged(id: string): JudgedExchange | null {
    return this.#views.judged(id);
  }

  /** The counts that {@link restore} takes back. */
  counts(): AuditCounts {
    return this.#counts.kept();
  }

  /**
   * Forgets a tab's exchanges and what only they carried. What was learned stays.
   * @param before ms since the epoch: only what began earlier
   */
  forget(
    tab: number,
    before = Number.POSITIVE_INFINITY,
  ): { readonly exchanges: readonly string[]; readonly tokens: readonly Fingerprint[] } {
    const own = [...this.#ledger.exchanges.values()].filter(({ record }) => record.tab === tab);
    const kept = own.filter(({ record }) => record.at >= before);
    const forgotten = this.#ledger.forget(
      own.filter(({ record }) => record.at < before).map(({ record }) => record.id),
    );
    this.#tokens.forget(forgotten.tokens);
    this.#recent.forget(tab, before);
    // How many others the tab made since is not known: what carried nothing is not kept.
    const withToken = kept.filter(({ row }) => row !== null && row.kinds.length > 0).length;
    this.#counts.forget(tab, kept.length > 0 ? { exchanges: kept.length, withToken } : null);
    return forgotten;
  }

  /** Takes back what was kept over the background's sleep, and judges it anew. */
  restore(kept: {
    readonly lessons: readonly Lesson[];
    readonly tokens: readonly TokenRecord[];
    readonly exchanges: readonly ExchangeRecord[];
    readonly counts: AuditCounts;
  }): void {
    for (const lesson of kept.lessons) this.knowledge.add(lesson);
    const raws = new Map(kept.tokens.map((token) => [token.fingerprint, token]));
    for (const record of [...kept.exchanges].sort((a, b) => a.order - b.order)) {
      // A sighting whose raw token could not be kept can't be judged any more: it is counted, not guessed.
      const sightings = record.sightings.filter(({ token }) => {
        const found = raws.get(token);
        if (found === undefined) this.unseen('raw_token_forgotten');
        else {
          this.#tokens.add(found.raw, token);
          this.setSignature(token, found.signature);
        }
        return found !== undefined;
      });
      for (const sighting of sightings) this.#tokens.place(sighting, record.id);
      this.#ledger.put({
        record: { ...record, sightings },
        findings: [],
        row: null,
        role: 'unknown',
        topics: [],
      });
      this.#ledger.visit({ ...record, sightings });
      this.#order = Math.max(this.#order, record.order);
    }
    this.#counts.restore(kept.counts);
    this.#judgeAgain([], this.#ledger.exchanges.keys());
  }

  #locate(record: ExchangeRecord): AuditChange {
    const lessons = record.sightings.flatMap(({ token, location: where }) => {
      // A redirect hands its token to where it leads.
      const decoded = where === 'redirect' ? undefined : this.#ledger.tokens.get(token)?.decoded;
      return decoded?.form === 'jwt'
        ? locate(stringsMember(decoded.claims, 'aud').slice(0, MAX_LOCATED), record.url, record.id)
        : [];
    });
    return this.learn(lessons);
  }

  /** Judges the exchanges that depend on these topics, and those named. @returns the ids of all of them */
  #judgeAgain(topics: readonly Topic[], ids: Iterable<string>): ReadonlySet<string> {
    if (this.#isDeferred) return new Set();
    const affected = new Set([...(topics.length > 0 ? this.#ledger.dependents(topics) : []), ...ids]);
    for (const id of affected) {
      const entry = this.#ledger.exchanges.get(id);
      if (entry === undefined) continue;
      for (const { token } of entry.record.sightings) this.#tokens.weigh(token);
      this.#judge(entry);
    }
    return affected;
  }

  #judge(entry: ExchangeEntry): ExchangeVerdict {
    const verdict = this.#views.verdict(entry.record);
    entry.findings = verdict.findings;
    entry.role = verdict.destination.role;
    const isShown = verdict.tokens.length > 0 || verdict.findings.length > 0;
    const carriesToken = verdict.tokens.length > 0 && (entry.row?.kinds.length ?? 0) === 0;
    if (carriesToken) this.#counts.of(entry.record.tab).withToken++;
    entry.row = isShown ? this.#views.row(entry.record, verdict) : null;
    this.#ledger.index(entry, verdict.topics);
    return verdict;
  }
}

function isSameSighting(a: RecordedSighting, b: RecordedSighting): boolean {
  return a.token === b.token && a.location === b.location && a.name.toLowerCase() === b.name.toLowerCase();
}

function recordOf(exchange: HttpExchange, urlHash: string, order: number): ExchangeRecord {
  const { id, at, tab, witness, method, initiator, response } = exchange;
  const listedMs = witness === 'devtools' ? response?.tookMs : undefined;
  return {
    ...{ id, at, tab, witness, method, initiator, urlHash, order },
    url: redactUrl(exchange.url),
    status: null,
    seenInDevtools: false,
    ...(listedMs === undefined ? {} : { listedMs }),
    sightings: [],
    message: null,
  };
}
