import { decode } from './decode/decode.ts';
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
import type { Fingerprint, RecordedSighting, SignatureState, TokenSighting } from './model/token.ts';
import type { AuditDetail, AuditRow, Coverage } from './model/view.ts';
import { type ExchangeEntry, hashUrl, Ledger, type TokenEntry } from './record/ledger.ts';
import { TokenNames } from './record/token-names.ts';
import { buildMap } from './report/app-map.ts';
import type { JudgedExchange, ReportFacts } from './report/audit-report.ts';
import { detailOf } from './report/detail.ts';
import { redactUrl } from './report/redact-url.ts';
import { rowOf } from './report/row.ts';
import type { TabFacts, TokenFacts } from './report/tab-facts.ts';
import { buildTimeline } from './report/timeline.ts';
import { stringsMember } from './syntax/json.ts';
import {
  classificationOf,
  type ExchangeVerdict,
  isAskable,
  issuerOf,
  isWaiting,
  NOT_CHECKED_YET,
  verdictOf,
  waitingState,
} from './verdict.ts';
import { hasGuessableSecret } from './verify/guessable-secret.ts';
import { signatureWithoutKeys } from './verify/signature.ts';

/** What one step changed: what to show anew, and what to keep. */
export interface AuditChange {
  /** Exchanges whose row, findings or detail changed. */
  readonly exchanges: ReadonlySet<string>;
  /** Tokens that are new or whose signature state changed. */
  readonly tokens: ReadonlySet<Fingerprint>;
  readonly lessons: readonly Lesson[];
}

/** A token that waits for its issuer's keys. */
export interface PendingToken {
  readonly fingerprint: Fingerprint;
  readonly raw: string;
  readonly token: Extract<TokenEntry['decoded'], { form: 'jwt' }>;
  readonly issuer: string;
}

/** A token that keys can be tried on. */
export interface ReadableToken extends Omit<PendingToken, 'issuer'> {
  readonly issuer: string | null;
  readonly signature: SignatureState;
}

/** A token whose signature waits for keys. */
export interface UnverifiedToken extends Omit<ReadableToken, 'issuer'> {
  readonly issuer: string;
  /** When it was sent last, in ms since the epoch. */
  readonly at: number;
}

/** How much was seen, by tab, and what was not. */
export interface AuditCounts {
  readonly seen: readonly { readonly tab: number | null; readonly exchanges: number }[];
  readonly unseen: Coverage['unseen'];
}

/** Bounds of one session. What is beyond is counted, not kept. */
const MAX_EXCHANGES = 100_000;
/** Places that one token was seen in, and audiences of it that are looked for on the map: more than any real one has. */
const MAX_PLACES = 32;
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
  /** Tokens whose issuer may be asked for keys and was not yet. */
  readonly #waiting = new Set<Fingerprint>();
  readonly #names = new TokenNames();
  /** By which state of the knowledge each token was classified last: as long as it holds, it is not classified again. */
  readonly #classified = new WeakMap<TokenEntry, number>();
  readonly #unseen = new Map<UnseenReason, number>();
  /** How many exchanges each tab made, and how many of them carried a token. */
  readonly #seen = new Map<number | null, { exchanges: number; withToken: number }>();
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
    for (const name of this.#ledger.tokens.keys()) this.#weigh(name);
    return this.#reportFacts((entry) => this.#judge(entry));
  }

  /**
   * Takes one exchange, as any witness tells it. Never throws: what can't be read is counted.
   * @param again true where it was told of before under this very id, and now more is known of it
   */
  observe(exchange: HttpExchange, again = false): AuditChange {
    const urlHash = hashUrl(exchange.url);
    const { sightings, unseen } = extract(exchange, this.knowledge.issued);
    const now = sightings.map((sighting) => ({ sighting, recorded: this.#recordedSighting(sighting) }));
    const witnessed =
      exchange.witness === 'devtools' && !again
        ? this.#ledger.witnessed(
            exchange,
            urlHash,
            now.map(({ recorded }) => recorded),
          )
        : null;
    if (witnessed === 'duplicate') return NOTHING;
    const known = witnessed ?? this.#ledger.exchanges.get(exchange.id) ?? null;
    if (known === null && !again) this.#seenIn(exchange.tab).exchanges++;

    // Lessons and sightings of two witnesses meet under the id that the first one gave.
    const told = known === null ? exchange : { ...exchange, id: known.record.id };
    const lessons = learn(told);
    // A second witness lacks the same things again; what it saw beyond the first is added.
    if (known === null) for (const reason of unseen) this.unseen(reason);
    // Only DevTools show a live response's body: what they lost of one that could teach is counted.
    const body = exchange.witness === 'devtools' ? exchange.response?.body : undefined;
    if (body?.form === 'unseen') this.unseen(body.reason);
    const news = merge(this.learn(lessons), this.#surroundings(exchange));
    const message = readProtocol(told);
    if (known === null && sightings.length === 0 && lessons.length === 0 && message === null) return news;
    if (known === null && this.#ledger.exchanges.size >= MAX_EXCHANGES) {
      this.unseen('log_full');
      return news;
    }
    const entry = known ?? {
      ...{ record: this.#recordOf(told, urlHash), findings: [], row: null, role: 'unknown', topics: [] },
    };
    const before = entry.record.sightings;
    const renamed = new Set<Topic>();
    for (const { sighting, recorded } of now) {
      this.#token(sighting.raw, recorded.token);
      if (this.#place(recorded, told.id)) renamed.add(`token:${recorded.token}`);
    }
    entry.record = {
      ...entry.record,
      status: told.response?.status ?? entry.record.status,
      seenInDevtools: entry.record.seenInDevtools || told.witness === 'devtools',
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
    return {
      exchanges: this.#judgeAgain([], [...this.#ledger.exchanges.keys()]),
      tokens: new Set(),
      lessons: [],
    };
  }

  /** Takes the status of a response. */
  answered(id: string, status: number): AuditChange {
    const entry = this.#ledger.exchanges.get(id);
    if (entry === undefined || entry.record.status === status) return NOTHING;
    entry.record = { ...entry.record, status };
    // No rule reads the answer: the verdict stays.
    if (entry.row !== null) entry.row = { ...entry.row, status };
    return { exchanges: new Set([id]), tokens: new Set(), lessons: [] };
  }

  /**
   * Takes what client libraries keep in a page's storage.
   * @param origin the page's
   * @param at ms since the epoch
   */
  stored(origin: string, entries: readonly StoredEntry[], at: number): AuditChange {
    return this.learn(learnFromStorage(origin, entries, at));
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
    return { exchanges, tokens: new Set(), lessons: news.map(({ lesson }) => lesson) };
  }

  /**
   * Takes what a person declares, in the place of what was declared before, and judges everything again.
   * @param at ms since the epoch: what was accepted until before then is accepted no more
   */
  configure(configuration: Configuration, at: number): AuditChange {
    const steps = [...this.configuring(configuration, at)];
    const exchanges = new Set(steps.flatMap((step) => [...step.exchanges]));
    return { exchanges, tokens: new Set(), lessons: [] };
  }

  /** As {@link configure}, in steps between which others may have their turn: the newest exchanges first. */
  *configuring(configuration: Configuration, at: number): Generator<AuditChange> {
    this.knowledge.declare(configuration, at);
    const ids = [...this.#ledger.exchanges.keys()].reverse();
    for (let from = 0; from < ids.length; from += JUDGED_IN_ONE_STEP) {
      const exchanges = this.#judgeAgain([], ids.slice(from, from + JUDGED_IN_ONE_STEP));
      yield { exchanges, tokens: new Set(), lessons: [] };
    }
  }

  /** The tokens whose issuer may be asked for keys and was not yet. */
  *pending(): Iterable<PendingToken> {
    for (const name of this.#waiting) {
      const entry = this.#ledger.tokens.get(name);
      const issuer = entry === undefined ? null : issuerOf(entry);
      if (entry?.decoded.form !== 'jwt' || issuer === null) continue;
      yield { fingerprint: name, raw: entry.raw, token: entry.decoded, issuer };
    }
  }

  /**
   * The tokens whose signature waits for keys, as of now, and when each was sent last (ms since the epoch). To be asked
   * before {@link settle}: then what the keys say is judged once, with all else.
   */
  unverified(): readonly UnverifiedToken[] {
    const found = new Map<Fingerprint, UnverifiedToken>();
    for (const { record } of this.#ledger.exchanges.values()) {
      for (const { token: name } of record.sightings) {
        this.#weigh(name);
        const token = this.readable(name);
        if (token === null || token.issuer === null || !isWaiting(token.signature)) continue;
        found.set(name, { ...token, issuer: token.issuer, at: record.at });
      }
    }
    return [...found.values()];
  }

  /** A token that can be read, whatever its state; null for any other. */
  readable(name: Fingerprint): ReadableToken | null {
    const entry = this.#ledger.tokens.get(name);
    if (entry?.decoded.form !== 'jwt') return null;
    const { raw, decoded, signature } = entry;
    return { fingerprint: name, raw, token: decoded, issuer: issuerOf(entry), signature };
  }

  /** Every token of the session, by name. */
  tokenNames(): Iterable<Fingerprint> {
    return this.#ledger.tokens.keys();
  }

  setSignature(token: Fingerprint, signature: SignatureState): AuditChange {
    const entry = this.#ledger.tokens.get(token);
    if (entry === undefined) return NOTHING;
    entry.signature = signature;
    this.#classified.delete(entry);
    if (!isAskable(signature)) this.#waiting.delete(token);
    return { exchanges: this.#judgeAgain([`token:${token}`], []), tokens: new Set([token]), lessons: [] };
  }

  /** Counts what was not seen. */
  unseen(reason: UnseenReason, count = 1): void {
    if (count > 0) this.#unseen.set(reason, (this.#unseen.get(reason) ?? 0) + count);
  }

  /** The tabs of which anything was recorded. */
  tabs(): readonly number[] {
    return [...this.#seen.keys()].filter((tab) => tab !== null);
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
    const entry = this.#ledger.tokens.get(name);
    return entry === undefined ? null : { fingerprint: name, raw: entry.raw, signature: entry.signature };
  }

  /** @returns everything about one exchange, null where there is nothing to say of it or it was forgotten */
  detail(id: string): AuditDetail | null {
    const entry = this.#ledger.exchanges.get(id);
    if (entry === undefined) return null;
    const verdict = this.#verdict(entry.record);
    const { destination, tokens, findings } = verdict;
    return detailOf({
      clockSkewMs: this.knowledge.clock.skewMs,
      // What a step of a login opens need not be in the list.
      row: entry.row ?? this.#rowOf(entry.record, verdict),
      record: entry.record,
      destination,
      findings,
      tokens: tokens.map(({ sighting, token }) => ({
        sighting,
        token,
        provenance: this.knowledge.provenance(sighting.token),
        exchanges: this.#ledger.tokens.get(sighting.token)?.exchanges ?? [],
      })),
      exchangeOf: (other) => this.#ledger.exchanges.get(other) ?? null,
      issuings: [...this.knowledge.lessons()].flatMap(([, one]) => (one.learned === 'provenance' ? one : [])),
    });
  }

  /** @returns who is who in a tab, and which tokens went from whom to whom */
  map(tab: number | null): AppMap {
    return buildMap(this.#tabFacts(tab));
  }

  /** @returns the logins of a tab, step by step */
  timeline(tab: number | null): Timeline {
    return buildTimeline(this.#tabFacts(tab));
  }

  /** @returns the token itself, where it was seen in this tab: for a person who asks for it, and for nothing else */
  rawToken(name: Fingerprint, tab: number | null): string | null {
    const entry = this.#ledger.tokens.get(name);
    const isHere = entry?.exchanges.some((id) => this.#ledger.exchanges.get(id)?.record.tab === tab) ?? false;
    return isHere ? (entry?.raw ?? null) : null;
  }

  #tabFacts(tab: number | null): TabFacts {
    const told = new Map<Fingerprint, TokenFacts>();
    return {
      exchanges: [...this.#ledger.exchanges.values()].filter(({ record }) => record.tab === tab),
      lessons: [...this.knowledge.lessons()].map(([, lesson]) => lesson),
      tokenOf: (name) => {
        const known = told.get(name);
        const entry = known === undefined ? this.#ledger.tokens.get(name) : undefined;
        if (entry === undefined) return known ?? null;
        const audiences =
          entry.decoded.form === 'jwt'
            ? stringsMember(entry.decoded.claims, 'aud')
            : (this.knowledge.provenance(name)?.resources ?? []);
        const facts = { kind: entry.classification.kind, audiences, issuer: issuerOf(entry) };
        told.set(name, facts);
        return facts;
      },
    };
  }

  /** @returns what was seen of a tab; what was not seen is counted for all tabs together */
  coverage(tab: number | null): Coverage {
    const unseen = [...this.#unseen].map(([reason, count]) => ({ reason, count }));
    return { ...this.#seenIn(tab), sawSignIn: this.knowledge.sawSignIn, unseen };
  }

  /** All that a report is made of, unredacted. */
  reportFacts(): ReportFacts {
    return this.#reportFacts(({ record }) => this.#verdict(record));
  }

  #reportFacts(judged: (entry: ExchangeEntry) => ExchangeVerdict): ReportFacts {
    const exchanges = [...this.#ledger.exchanges.values()].map((entry) =>
      judgedExchange(entry.record, judged(entry)),
    );
    const seen = [...this.#seen.values()];
    return {
      coverage: {
        exchanges: seen.reduce((sum, { exchanges }) => sum + exchanges, 0),
        withToken: seen.reduce((sum, { withToken }) => sum + withToken, 0),
        unseen: [...this.#unseen].map(([reason, count]) => ({ reason, count })),
      },
      lessons: this.lessons(),
      exchanges,
    };
  }

  /** All that is known: what a person declared, and what the traffic taught. */
  lessons(): readonly Lesson[] {
    const learned = [...this.knowledge.lessons()].map(([, lesson]) => lesson);
    return [...this.knowledge.declared.lessons(), ...learned];
  }

  /** One exchange with all that is said of it, unredacted; null where it was forgotten. */
  judged(id: string): JudgedExchange | null {
    const entry = this.#ledger.exchanges.get(id);
    return entry === undefined ? null : judgedExchange(entry.record, this.#verdict(entry.record));
  }

  /** The counts that {@link restore} takes back. */
  counts(): AuditCounts {
    return {
      seen: [...this.#seen].map(([tab, { exchanges }]) => ({ tab, exchanges })),
      unseen: [...this.#unseen].map(([reason, count]) => ({ reason, count })),
    };
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
    for (const token of forgotten.tokens) this.#waiting.delete(token);
    this.#names.clear();
    this.#seen.delete(tab);
    if (kept.length > 0) {
      // How many others the tab made since is not known: what carried nothing is not kept.
      const withToken = kept.filter(({ row }) => row !== null && row.kinds.length > 0).length;
      Object.assign(this.#seenIn(tab), { exchanges: kept.length, withToken });
    }
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
          this.#token(found.raw, token);
          this.setSignature(token, found.signature);
        }
        return found !== undefined;
      });
      for (const sighting of sightings) this.#place(sighting, record.id);
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
    for (const { reason, count } of kept.counts.unseen) this.unseen(reason, count);
    for (const { tab, exchanges } of kept.counts.seen) this.#seenIn(tab).exchanges = exchanges;
    this.#judgeAgain([], this.#ledger.exchanges.keys());
  }

  #recordOf(exchange: HttpExchange, urlHash: string): ExchangeRecord {
    const { id, at, tab, witness, method, initiator } = exchange;
    this.#order++;
    return {
      ...{ id, at, tab, witness, method, initiator, urlHash },
      order: this.#order,
      url: redactUrl(exchange.url),
      status: null,
      seenInDevtools: false,
      sightings: [],
      message: null,
    };
  }

  #recordedSighting({ location, name, scheme, raw }: TokenSighting): RecordedSighting {
    return { location, name, scheme, token: this.#names.of(raw) };
  }

  #token(raw: string, name: Fingerprint): TokenEntry {
    const known = this.#ledger.tokens.get(name);
    if (known !== undefined) return known;
    const decoded = decode(raw, name);
    const signature = signatureWithoutKeys(decoded) ?? NOT_CHECKED_YET;
    const classification = { kind: 'opaque', confidence: 'weak', evidence: [] } as const;
    const entry: TokenEntry = {
      decoded,
      raw,
      classification,
      signature,
      guessableSecret: hasGuessableSecret(raw, decoded),
      places: [],
      exchanges: [],
      visits: new Map(),
    };
    this.#ledger.tokens.set(name, entry);
    return entry;
  }

  /**
   * Notes where a token was seen.
   * @returns true where one that went elsewhere before now bears another name: its kind is weighed anew for all of them
   */
  #place({ location, name, scheme, token }: RecordedSighting, exchange: string): boolean {
    const entry = this.#ledger.tokens.get(token);
    if (entry === undefined) return false;
    // A second witness tells of an exchange that may be long past.
    const isTold =
      entry.exchanges.at(-1) === exchange ||
      this.#ledger.exchanges.get(exchange)?.record.sightings.some((other) => other.token === token) === true;
    if (!isTold) entry.exchanges.push(exchange);
    const known = entry.places.some(
      (place) => place.location === location && place.name === name && place.scheme === scheme,
    );
    if (known || entry.places.length >= MAX_PLACES) return false;
    entry.places.push({ location, name, scheme });
    this.#classified.delete(entry);
    return entry.exchanges.length > 1;
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
      for (const { token } of entry.record.sightings) this.#weigh(token);
      this.#judge(entry);
    }
    return affected;
  }

  /** Says anew what a token is and whether its issuer may be asked, where anything was learned since. */
  #weigh(token: Fingerprint): void {
    const entry = this.#ledger.tokens.get(token);
    if (entry === undefined || this.#classified.get(entry) === this.knowledge.version) return;
    this.#classified.set(entry, this.knowledge.version);
    entry.classification = classificationOf(entry, this.knowledge);
    entry.signature = waitingState(entry, this.knowledge);
    if (isAskable(entry.signature)) this.#waiting.add(token);
    else this.#waiting.delete(token);
  }

  #judge(entry: ExchangeEntry): ExchangeVerdict {
    const verdict = this.#verdict(entry.record);
    entry.findings = verdict.findings;
    entry.role = verdict.destination.role;
    const isShown = verdict.tokens.length > 0 || verdict.findings.length > 0;
    const carriesToken = verdict.tokens.length > 0 && (entry.row?.kinds.length ?? 0) === 0;
    if (carriesToken) this.#seenIn(entry.record.tab).withToken++;
    entry.row = isShown ? this.#rowOf(entry.record, verdict) : null;
    this.#ledger.index(entry, verdict.topics);
    return verdict;
  }

  #rowOf(record: ExchangeRecord, verdict: ExchangeVerdict): AuditRow {
    return rowOf(record, verdict, {
      issuedFor: (token) => this.knowledge.provenance(token),
      clockSkewMs: this.knowledge.clock.skewMs,
    });
  }

  #seenIn(tab: number | null): { exchanges: number; withToken: number } {
    const seen = this.#seen.get(tab) ?? { exchanges: 0, withToken: 0 };
    this.#seen.set(tab, seen);
    return seen;
  }

  #verdict(record: ExchangeRecord): ExchangeVerdict {
    return verdictOf(record, (name) => this.#ledger.tokens.get(name), this.knowledge);
  }
}

function judgedExchange(
  record: ExchangeRecord,
  { destination, tokens, findings }: ExchangeVerdict,
): JudgedExchange {
  return { record, destination, tokens, findings };
}

function isSameSighting(a: RecordedSighting, b: RecordedSighting): boolean {
  return a.token === b.token && a.location === b.location && a.name.toLowerCase() === b.name.toLowerCase();
}

const NOTHING: AuditChange = { exchanges: new Set(), tokens: new Set(), lessons: [] };

function merge(a: AuditChange, b: AuditChange): AuditChange {
  return {
    exchanges: new Set([...a.exchanges, ...b.exchanges]),
    tokens: new Set([...a.tokens, ...b.tokens]),
    lessons: [...a.lessons, ...b.lessons],
  };
}
