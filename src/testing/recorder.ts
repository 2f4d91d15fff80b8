import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fetchAnywhere } from '../cli/fetch-anywhere.ts';
import { Audit } from '../core/audit.ts';
import type { HttpExchange, UnseenReason } from '../core/model/exchange.ts';
import type { AuditReport, ReportFinding, ReportSession } from '../core/model/report.ts';
import { buildReport } from '../core/report/audit-report.ts';
import { jsonReport } from '../core/report/json-report.ts';
import { Redactor } from '../core/report/redact-text.ts';
import { KeyFetcher } from '../core/verify/key-fetcher.ts';
import type { KeySource } from '../core/verify/key-source.ts';
import type { AuditOptions, AuditSession, FindingSelection } from './audit-session.ts';
import { ExchangeQueue, type Ticket } from './exchange-queue.ts';
import { packageVersion } from './package-version.ts';
import { selectFindings } from './select-findings.ts';
import { sessionConfiguration } from './session-configuration.ts';
import { givenKeys, NO_KEYS, SessionKeys } from './session-keys.ts';

const SETTLE_MS = 2_000;
/** A test that notes more has its first steps in the report. */
const MAX_STEPS = 10_000;
const MAX_NOTE = 500;

/** What a recorder is given by the adapter that fills it. */
export interface RecorderFrame {
  readonly source: ReportSession['source'];
  /** Where keys come from. Default: what the options say. */
  readonly keys?: KeySource;
  /** ms since the epoch. Default: the clock. */
  readonly now?: () => number;
}

/** The audit of one session, filled by an adapter as the test goes on. */
export class Recorder implements AuditSession {
  readonly #audit = new Audit();
  readonly #queue: ExchangeQueue;
  readonly #keys: SessionKeys;
  readonly #options: AuditOptions;
  readonly #source: ReportSession['source'];
  readonly #now: () => number;
  readonly #steps: { readonly at: string; readonly note: string }[] = [];
  readonly #redactor = new Redactor(new Set(), []);
  readonly #whenStopped: (() => void)[] = [];
  readonly #looks: (() => Promise<void>)[] = [];
  #ids = 0;
  #last: Promise<AuditReport> | null = null;

  /** @throws Error where `jwks` is no key set, or the configuration is wrong or can't be read */
  constructor(options: AuditOptions, { source, keys, now = Date.now }: RecorderFrame) {
    this.#options = options;
    this.#source = source;
    this.#now = now;
    this.#audit.configure(sessionConfiguration(options.config, process.cwd()), now());
    this.#keys = new SessionKeys(this.#audit, keys ?? keySourceOf(this.#audit, options, now));
    this.#queue = new ExchangeQueue((exchange, again) => this.#take(exchange, again));
  }

  /** What an adapter calls to name an exchange. */
  nextId(): string {
    this.#ids++;
    return `t${this.#ids}`;
  }

  now(): number {
    return this.#now();
  }

  get isStopped(): boolean {
    return this.#last !== null;
  }

  /** A request begins. @param early what is known of it by now */
  begin(early: () => HttpExchange): Ticket {
    return this.#queue.begin(early);
  }

  /** Counts what the browser doesn't show to a test. */
  unseen(reason: UnseenReason): void {
    this.#audit.unseen(reason);
  }

  /** @param callback is called once, when the session stops: to take listeners off */
  onStop(callback: () => void): void {
    this.#whenStopped.push(callback);
  }

  /** @param look is run before each report, which waits for it no longer than for requests: to count what was not shown */
  beforeReport(look: () => Promise<void>): void {
    this.#looks.push(look);
  }

  step(note: string): void {
    if (this.#steps.length >= MAX_STEPS || this.isStopped) return;
    const at = new Date(this.#now()).toISOString();
    this.#steps.push({ at, note: this.#redactor.text(note.slice(0, MAX_NOTE)) });
  }

  report(): Promise<AuditReport> {
    return this.#last ?? this.#report();
  }

  async findings(selection: FindingSelection = {}): Promise<readonly ReportFinding[]> {
    return selectFindings(await this.report(), selection);
  }

  async write(file: string): Promise<void> {
    const text = jsonReport(await this.report());
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text);
  }

  stop(): Promise<AuditReport> {
    if (this.#last === null) {
      this.#last = this.#report();
      for (const callback of this.#whenStopped.splice(0)) callback();
    }
    return this.#last;
  }

  async #report(): Promise<AuditReport> {
    const settleMs = this.#options.settleMs ?? SETTLE_MS;
    const looks = Promise.all(this.#looks.map((look) => look().catch(() => undefined)));
    await Promise.all([this.#queue.settled(settleMs), Promise.race([looks, after(settleMs)])]);
    this.#queue.flush();
    if (this.#options.jwks !== undefined) this.#keys.verifyUnknown();
    await this.#keys.settled();
    return buildReport(this.#audit.reportFacts(), {
      version: packageVersion(),
      session: {
        name: this.#redactor.text(this.#options.name ?? 'browser test'),
        source: this.#source,
        steps: this.#steps,
      },
      entryOf: () => null,
    });
  }

  #take(exchange: HttpExchange, again: boolean): void {
    try {
      this.#audit.observe(exchange, again);
      const body = exchange.response?.body;
      if (body?.form === 'unseen') this.#audit.unseen(body.reason);
    } catch {
      // One request that we fail on must not end the test.
      this.#audit.unseen('internal_error');
    }
    this.#keys.verifyPending();
  }
}

function after(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms).unref());
}

function keySourceOf(audit: Audit, { jwks, online = true }: AuditOptions, now: () => number): KeySource {
  if (jwks !== undefined) return givenKeys(audit, jwks);
  return online ? new KeyFetcher(fetchAnywhere, now) : NO_KEYS;
}
