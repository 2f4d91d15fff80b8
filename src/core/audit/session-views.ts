import type { Knowledge } from '../learn/knowledge.ts';
import type { Lesson } from '../model/knowledge.ts';
import type { AppMap } from '../model/map.ts';
import type { ExchangeRecord } from '../model/record.ts';
import type { Timeline } from '../model/timeline.ts';
import type { Fingerprint } from '../model/token.ts';
import type { AuditDetail, AuditRow } from '../model/view.ts';
import type { Ledger } from '../record/ledger.ts';
import { buildMap } from '../report/app-map.ts';
import type { JudgedExchange } from '../report/audit-report.ts';
import { detailOf } from '../report/detail.ts';
import { rowOf } from '../report/row.ts';
import type { TabFacts, TokenFacts } from '../report/tab-facts.ts';
import { buildTimeline } from '../report/timeline.ts';
import { stringsMember } from '../syntax/json.ts';
import { type ExchangeVerdict, issuerOf, verdictOf } from '../verdict.ts';

/** What a session has to show: each is a function of the ledger and of what is known, made when it is asked for. */
export class SessionViews {
  readonly #ledger: Ledger;
  readonly #knowledge: Knowledge;

  constructor(ledger: Ledger, knowledge: Knowledge) {
    this.#ledger = ledger;
    this.#knowledge = knowledge;
  }

  /** @returns what is to be said of an exchange, by all that is known now */
  verdict(record: ExchangeRecord): ExchangeVerdict {
    return verdictOf(record, (name) => this.#ledger.tokens.get(name), this.#knowledge);
  }

  /** @returns the line of the list that an exchange with this verdict is */
  row(record: ExchangeRecord, verdict: ExchangeVerdict): AuditRow {
    return rowOf(record, verdict, {
      issuedFor: (token) => this.#knowledge.provenance(token),
      clockSkewMs: this.#knowledge.clock.skewMs,
    });
  }

  /** @returns everything about one exchange, null where there is nothing to say of it or it was forgotten */
  detail(id: string): AuditDetail | null {
    const entry = this.#ledger.exchanges.get(id);
    if (entry === undefined) return null;
    const verdict = this.verdict(entry.record);
    const { destination, tokens, findings } = verdict;
    return detailOf({
      clockSkewMs: this.#knowledge.clock.skewMs,
      // What a step of a login opens need not be in the list.
      row: entry.row ?? this.row(entry.record, verdict),
      record: entry.record,
      destination,
      findings,
      tokens: tokens.map(({ sighting, token }) => ({
        sighting,
        token,
        provenance: this.#knowledge.provenance(sighting.token),
        exchanges: this.#ledger.tokens.get(sighting.token)?.exchanges ?? [],
      })),
      exchangeOf: (other) => this.#ledger.exchanges.get(other) ?? null,
      issuings: [...this.#knowledge.lessons()].flatMap(([, one]) =>
        one.learned === 'provenance' ? one : [],
      ),
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
      lessons: [...this.#knowledge.lessons()].map(([, lesson]) => lesson),
      tokenOf: (name) => {
        const known = told.get(name);
        const entry = known === undefined ? this.#ledger.tokens.get(name) : undefined;
        if (entry === undefined) return known ?? null;
        const audiences =
          entry.decoded.form === 'jwt'
            ? stringsMember(entry.decoded.claims, 'aud')
            : (this.#knowledge.provenance(name)?.resources ?? []);
        const facts = { kind: entry.classification.kind, audiences, issuer: issuerOf(entry) };
        told.set(name, facts);
        return facts;
      },
    };
  }

  /** All that is known: what a person declared, and what the traffic taught. */
  lessons(): readonly Lesson[] {
    const learned = [...this.#knowledge.lessons()].map(([, lesson]) => lesson);
    return [...this.#knowledge.declared.lessons(), ...learned];
  }

  /** One exchange with all that is said of it, unredacted; null where it was forgotten. */
  judged(id: string): JudgedExchange | null {
    const entry = this.#ledger.exchanges.get(id);
    return entry === undefined ? null : judgedExchange(entry.record, this.verdict(entry.record));
  }
}

export function judgedExchange(
  record: ExchangeRecord,
  { destination, tokens, findings }: ExchangeVerdict,
): JudgedExchange {
  return { record, destination, tokens, findings };
}
