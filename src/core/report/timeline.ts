import type { ProvenanceLesson } from '../model/knowledge.ts';
import type { Login, LoginState, LoginStep, StepKind, Timeline } from '../model/timeline.ts';
import type { Fingerprint, TokenKind } from '../model/token.ts';
import type { RowVerdict } from '../model/view.ts';
import { parseUrl, webOrigin } from '../syntax/url.ts';
import { groupClients } from './clients.ts';
import { byWorst, isServerRole, type JudgedRecord, type TabFacts, verdictOn, worse } from './tab-facts.ts';

/** The newest logins are told of, each with its first steps: one that never ends must not fill the screen. */
const MAX_LOGINS = 20;
const MAX_STEPS = 60;

/**
 * Tells the logins of a tab as sequences of steps: asked, returned, exchanged, used, renewed, logged out. Steps alike are
 * one: each host that a kind of token went to, and all renewals. What was not seen is told by the login's state.
 */
export function buildTimeline(facts: TabFacts): Timeline {
  const teller = new Teller(facts);
  for (const exchange of facts.exchanges) teller.tell(exchange);
  const logins = teller.logins.filter(({ steps }) => steps.length > 0);
  return {
    logins: logins.slice(-MAX_LOGINS).map(finish),
    leftOff: Math.max(0, logins.length - MAX_LOGINS),
  };
}

type OpenStep = { -readonly [Name in keyof LoginStep]: LoginStep[Name] };

interface OpenLogin {
  readonly id: string;
  clientId: string | null;
  server: string | null;
  /** The app's origins, to which the response returns. */
  origins: readonly string[];
  readonly steps: OpenStep[];
  stepsLeftOff: number;
  /** A silent request is under way: what follows renews, and begins nothing. */
  isSilent: boolean;
}

function finish(login: OpenLogin): Login {
  const { id, clientId, server, stepsLeftOff } = login;
  return { id, clientId, server, stepsLeftOff, state: stateOf(login), steps: login.steps };
}

function stateOf({ steps }: OpenLogin): LoginState {
  const did = (kind: StepKind): boolean => steps.some(({ does }) => does === kind);
  // A grant without a person (client credentials, a device's) begins and ends with its token request.
  if (did('granted')) return 'complete';
  if (!did('asked')) return 'began_before';
  if (did('exchanged') || did('delivered')) return 'complete';
  if (did('refused')) return 'refused';
  return did('returned') ? 'code_went_on' : 'unfinished';
}

class Teller {
  readonly logins: OpenLogin[] = [];
  readonly #facts: TabFacts;
  readonly #clients: ReturnType<typeof groupClients>;
  readonly #issuedIn = new Map<string, ProvenanceLesson[]>();
  /** The login that a token came of. */
  readonly #loginOf = new Map<Fingerprint, OpenLogin>();
  readonly #strangers = new Map<string, OpenLogin>();

  constructor(facts: TabFacts) {
    this.#facts = facts;
    this.#clients = groupClients(facts.lessons);
    for (const lesson of facts.lessons) {
      if (lesson.learned !== 'provenance') continue;
      const issued = this.#issuedIn.get(lesson.issuedIn) ?? [];
      issued.push(lesson);
      this.#issuedIn.set(lesson.issuedIn, issued);
    }
  }

  tell(exchange: JudgedRecord): void {
    const { record, role } = exchange;
    const { message } = record;
    const issued = this.#issuedIn.get(record.id) ?? [];
    if (message?.message === 'authorization_request') {
      if (isServerRole(role)) this.#asked(exchange);
      this.#delivered(exchange, issued);
    } else if (message?.message === 'authorization_response') this.#returned(exchange, issued);
    else if (message?.message === 'token_request') this.#tokenRequest(exchange, issued);
    else if (issued.length > 0) this.#delivered(exchange, issued);
    else if (message?.message === 'end_session_request' || role === 'end_session_endpoint')
      this.#ended(exchange, 'logged_out');
    else if (role === 'revocation_endpoint') this.#ended(exchange, 'revoked');
    else if (!isServerRole(role) || role === 'userinfo_endpoint') this.#used(exchange);
  }

  #asked(exchange: JudgedRecord): void {
    const { record, findings, role } = exchange;
    const { message } = record;
    if (message?.message !== 'authorization_request') return;
    const { clientId } = message;
    const origins = this.#clients.byClientId.get(clientId)?.origins ?? [];
    const host = parseUrl(record.url)?.host ?? '';
    const pushed = role === 'pushed_authorization_request_endpoint';
    const last = this.#lastOf(clientId);
    const isOpen =
      last !== undefined && !last.steps.some(({ does }) => does !== 'pushed' && does !== 'asked');
    // The server's own pages pass the parameters on from step to step.
    const isPassedOn = record.initiator === webOrigin(record.url) && last !== undefined;
    if (isPassedOn && last.steps.some(({ does }) => does === 'asked')) return;
    const silent = message.isSilent === true;
    const joins = silent ? last !== undefined : isOpen && last.steps.every(({ does }) => does === 'pushed');
    const login = joins && last !== undefined ? last : this.#begin(record.id, clientId, host, origins);
    login.isSilent = silent;
    this.#step(login, exchange, silent ? 'asked_silently' : pushed ? 'pushed' : 'asked', {
      verdict: verdictOn(null, findings),
      term: message.responseType.join(' ') || null,
      scope: message.scope,
      pkce: message.codeChallengeMethod,
    });
  }

  #returned(exchange: JudgedRecord, issued: readonly ProvenanceLesson[]): void {
    const { record } = exchange;
    const { message } = record;
    if (message?.message !== 'authorization_response') return;
    const origin = webOrigin(record.url) ?? '';
    const isApp = this.#clients.byOrigin.has(origin);
    const login =
      this.logins.findLast(({ origins }) => origins.includes(origin)) ??
      (isApp ? this.#begin(record.id, null, null, [origin]) : undefined);
    // On the server's own pages a code is a person's one-time password.
    if (login === undefined) return;
    if (login.isSilent && message.brings !== 'error') {
      if (message.brings === 'code') return;
    }
    if (message.brings === 'tokens') this.#delivered(exchange, issued, login);
    else
      this.#step(login, exchange, message.brings === 'error' ? 'refused' : 'returned', {
        term: message.error ?? 'code',
      });
  }

  /** Tokens that came with a redirect, a form post, or in an answer of the app's own backend. */
  #delivered(exchange: JudgedRecord, issued: readonly ProvenanceLesson[], found?: OpenLogin): void {
    const tokens = issued.length > 0 ? issued.map(({ token }) => token) : tokensIn(exchange);
    if (tokens.length === 0) return;
    const [first] = tokens;
    const known = first === undefined ? undefined : this.#loginOf.get(first);
    const to = issued[0]?.deliveredTo ?? webOrigin(exchange.record.url) ?? '';
    const { initiator } = exchange.record;
    const login =
      known ??
      found ??
      this.logins.findLast(
        ({ origins }) => origins.includes(to) || (initiator !== null && origins.includes(initiator)),
      ) ??
      this.#begin(exchange.record.id, null, null, []);
    for (const token of tokens) this.#loginOf.set(token, login);
    // The redirect and the page that it leads to both have them.
    if (known !== undefined && known.steps.at(-1)?.does === 'delivered') return;
    const does = login.isSilent ? 'renewed' : 'delivered';
    const kinds = issued.length > 0 ? issued.map(({ issuedAs }) => issuedAs) : this.#kinds(tokens);
    this.#step(login, exchange, does, { kinds });
    login.isSilent = false;
  }

  #tokenRequest(exchange: JudgedRecord, issued: readonly ProvenanceLesson[]): void {
    const { record, findings } = exchange;
    const { message } = record;
    if (message?.message !== 'token_request') return;
    const { clientId, grantType } = message;
    const carried = record.sightings
      .map(({ token }) => this.#loginOf.get(token))
      .find((one) => one !== undefined);
    const host = parseUrl(record.url)?.host ?? '';
    const own = carried ?? this.#lastOf(clientId) ?? (clientId === null ? this.logins.at(-1) : undefined);
    const isGrant = grantType !== 'authorization_code' && grantType !== 'refresh_token';
    const isExchange = grantType === 'urn:ietf:params:oauth:grant-type:token-exchange';
    const origins = record.initiator === null ? [] : [record.initiator];
    const login =
      own === undefined || (isGrant && !isExchange && carried === undefined)
        ? this.#begin(record.id, clientId, host, origins)
        : own;
    login.server ??= host;
    login.clientId ??= clientId;
    for (const { token } of issued) this.#loginOf.set(token, login);
    const isRenewal = grantType === 'refresh_token' || (grantType === 'authorization_code' && login.isSilent);
    this.#step(login, exchange, isRenewal ? 'renewed' : isGrant ? 'granted' : 'exchanged', {
      kinds: issued.map(({ issuedAs }) => issuedAs),
      term: grantType,
      verdict: findings.length === 0 ? 'passed' : (exchange.row?.verdict ?? 'passed'),
    });
    if (grantType === 'authorization_code') login.isSilent = false;
  }

  #ended(exchange: JudgedRecord, does: 'logged_out' | 'revoked'): void {
    const { record, row } = exchange;
    const carried = record.sightings
      .map(({ token }) => this.#loginOf.get(token))
      .find((one) => one !== undefined);
    const host = parseUrl(record.url)?.host ?? '';
    const login =
      carried ??
      this.logins.findLast(({ server }) => server === host) ??
      this.#begin(record.id, null, host, []);
    this.#step(login, exchange, does, { verdict: row?.verdict ?? null });
  }

  /** What a token is used for; that of a kind at a host is one step. */
  #used(exchange: JudgedRecord): void {
    const { findings } = exchange;
    for (const token of tokensIn(exchange)) {
      const facts = this.#facts.tokenOf(token);
      if (facts === null) continue;
      const login = this.#loginOf.get(token) ?? this.#stranger(exchange, facts);
      if (login === null) continue;
      this.#step(login, exchange, 'used', { kinds: [facts.kind], verdict: verdictOn(token, findings) });
    }
  }

  /** Tokens of a login that nobody saw: those of one issuer are of one login, as far as can be told. */
  #stranger(
    { record }: JudgedRecord,
    { issuer, kind }: { readonly issuer: string | null; readonly kind: TokenKind },
  ): OpenLogin | null {
    if (issuer === null || (kind !== 'id_token' && kind !== 'access_token' && kind !== 'session_token'))
      return null;
    const known = this.#strangers.get(issuer);
    if (known !== undefined) return known;
    if (this.#strangers.size >= MAX_LOGINS) return null;
    const host = parseUrl(issuer)?.host ?? issuer.slice(0, 256);
    // A login there was seen, only what its token response said was not.
    const seen = this.logins.findLast(
      ({ server, steps }) => server === host && steps.some(({ does }) => does === 'exchanged'),
    );
    if (seen !== undefined) return seen;
    const login = this.#begin(record.id, null, host, []);
    this.#strangers.set(issuer, login);
    return login;
  }

  #begin(id: string, clientId: string | null, server: string | null, origins: readonly string[]): OpenLogin {
    const login: OpenLogin = {
      ...{ id, clientId, server, origins, steps: [], stepsLeftOff: 0, isSilent: false },
    };
    this.logins.push(login);
    return login;
  }

  #lastOf(clientId: string | null): OpenLogin | undefined {
    return clientId === null ? undefined : this.logins.findLast((login) => login.clientId === clientId);
  }

  #kinds(tokens: readonly Fingerprint[]): readonly TokenKind[] {
    return tokens.flatMap((token) => this.#facts.tokenOf(token)?.kind ?? []);
  }

  #step(
    login: OpenLogin,
    { record, row }: JudgedRecord,
    does: StepKind,
    told: Partial<Pick<LoginStep, 'verdict' | 'kinds' | 'term' | 'scope' | 'pkce'>>,
  ): void {
    const { at, id } = record;
    const host = row?.host ?? parseUrl(record.url)?.host ?? '';
    const { verdict = null, kinds = [], term = null, scope = [], pkce = null } = told;
    const same = login.steps.find((step) => isAlike(step, does, host, kinds));
    if (same !== undefined) {
      same.count++;
      same.lastAt = Math.max(same.lastAt, at);
      same.kinds = [...new Set([...same.kinds, ...kinds])];
      if (isWorse(verdict, same.verdict)) same.exchange = id;
      same.verdict = worse(same.verdict, verdict);
      return;
    }
    if (login.steps.length >= MAX_STEPS) login.stepsLeftOff++;
    else
      login.steps.push({
        ...{ does, at, lastAt: at, count: 1, exchange: id, host, verdict, term, pkce },
        kinds: [...new Set(kinds)],
        scope: scope.slice(0, 32),
      });
  }
}

function tokensIn({ record }: JudgedRecord): readonly Fingerprint[] {
  const sent = record.sightings.filter(
    ({ location }) => location !== 'redirect' && location !== 'response_body',
  );
  return [...new Set(sent.map(({ token }) => token))];
}

/** Renewals are one step, and so are the uses of one kind of token at one host. */
function isAlike(step: LoginStep, does: StepKind, host: string, kinds: readonly TokenKind[]): boolean {
  if (step.does !== does) return false;
  if (does === 'renewed' || does === 'asked_silently') return step.host === host;
  return does === 'used' && step.host === host && step.kinds[0] === kinds[0];
}

function isWorse(a: RowVerdict | null, b: RowVerdict | null): boolean {
  return a !== null && (b === null || byWorst(a, b) < 0);
}
