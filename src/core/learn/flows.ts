import type { AuthorizationLesson, CodeLesson, TokenFlow } from '../model/knowledge.ts';

/** Authorization requests that one state or one challenge stands for. An app that has one for all is not followed. */
const MAX_ALIKE = 16;

/** The authorization requests that were seen, and how to find the one that a token answers. */
export class Flows {
  readonly #byState = new Map<string, AuthorizationLesson[]>();
  readonly #byChallenge = new Map<string, AuthorizationLesson[]>();
  readonly #stateOfCode = new Map<string, string>();
  /** All nonces that were sent, by SHA-256. */
  readonly #nonces = new Set<string>();

  /** @returns the topics of tokens that may answer it */
  addRequest(lesson: AuthorizationLesson): readonly string[] {
    if (lesson.nonce !== null) this.#nonces.add(lesson.nonce);
    keep(this.#byState, lesson.state, lesson);
    keep(this.#byChallenge, lesson.challenge, lesson);
    return [lesson.state, lesson.challenge].flatMap((name) => (name === null ? [] : [`flow:${name}`]));
  }

  addCode({ code, state }: CodeLesson): readonly string[] {
    this.#stateOfCode.set(code, state);
    return [`flow:${code}`];
  }

  hasNonce(hash: string): boolean {
    return this.#nonces.has(hash);
  }

  /**
   * The authorization requests that a token may answer: by the PKCE verifier that its code was exchanged with, by the
   * `state` that its response bears, or by the code that a response with such a state brought. Some apps have one state for
   * all requests, such as the page to come back to: those made later, or by other clients, are not meant.
   * @param issuedAt ms since the epoch
   * @param clients whom the token is for
   * @returns none where none was seen, or too many to tell
   */
  requestsOf(
    { by, challenge, state, code }: TokenFlow,
    issuedAt: number,
    clients: readonly string[],
  ): readonly AuthorizationLesson[] {
    // A renewed token answers no authorization request.
    if (by === 'renewal' || by === 'other') return [];
    const byChallenge = challenge === null ? [] : (this.#byChallenge.get(challenge) ?? []);
    const answered = state ?? (code === null ? undefined : this.#stateOfCode.get(code));
    const byState = answered === undefined ? [] : (this.#byState.get(answered) ?? []);
    const found = byChallenge.length > 0 ? byChallenge : byState;
    if (found.length > MAX_ALIKE) return [];
    return found.filter(
      ({ at, clientId }) => at <= issuedAt && (found === byChallenge || clients.includes(clientId)),
    );
  }

  /** What the verdict on such a token depends on. */
  static topicsOf({ challenge, state, code }: TokenFlow): readonly string[] {
    return [challenge, state, code].flatMap((name) => (name === null ? [] : [`flow:${name}`]));
  }
}

function keep(
  map: Map<string, AuthorizationLesson[]>,
  name: string | null,
  lesson: AuthorizationLesson,
): void {
  if (name === null) return;
  const alike = map.get(name) ?? [];
  map.set(name, alike);
  if (alike.length <= MAX_ALIKE) alike.push(lesson);
}
