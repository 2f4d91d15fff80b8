/** How long anything that a driver waits for may take unless the caller says otherwise, in ms. */
export const DEFAULT_TIMEOUT_MS = 15_000;

const POLL_MS = 25;

/** The longest that one look into a document may take, in ms: a document that goes away may never answer. */
const LOOK_MS = 1_000;

/** Something took longer than it may. */
export class NoAnswer extends Error {}

/**
 * Asks `probe` until it answers something else than `undefined`.
 *
 * A probe that throws is asked again: a document may be on its way out, a target on its way in.
 *
 * @param what names what is awaited, for the error
 * @throws Error `Waited … ms for <what>`, with what the probe threw last
 */
export async function until<T>(
  what: string,
  probe: (leftMs: number) => Promise<T | undefined>,
  timeoutMs: number = DEFAULT_TIMEOUT_MS,
): Promise<T> {
  const deadline = performance.now() + timeoutMs;
  let reason = '';
  for (;;) {
    const left = deadline - performance.now();
    if (left <= 0) throw new Error(`Waited ${timeoutMs} ms for ${what}${reason && `; last: ${reason}`}`);
    try {
      const answer = await within(left, what, probe(left));
      if (answer !== undefined) return answer;
      reason = '';
    } catch (error) {
      // That time is up is said anyway; what an earlier look found says more.
      const timeIsUp = error instanceof NoAnswer && performance.now() >= deadline;
      if (!timeIsUp) reason = error instanceof Error ? error.message : String(error);
    }
    await pause(Math.min(POLL_MS, Math.max(0, deadline - performance.now())));
  }
}

/**
 * Settles like `promise`, but rejects after `ms`.
 *
 * @param what names what is awaited, for the error
 */
export async function within<T>(ms: number, what: string, promise: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new NoAnswer(`Waited ${Math.round(ms)} ms for ${what}`)), ms);
  });
  try {
    return await Promise.race([promise, timeout]);
  } finally {
    clearTimeout(timer);
  }
}

/** What is kept of a look's time for the answer to come back, in ms. */
const ANSWER_MS = 100;

/** Evaluates source that yields a promise of a string, in some document. */
export type EvaluateText = (source: string) => Promise<string>;

/**
 * Evaluates an expression in a document and brings its value over as JSON, the same way for every browser.
 *
 * @throws Error with the document's message (and `name`) when the expression throws or is no JavaScript
 */
export async function evaluateJson<T>(evaluate: EvaluateText, expression: string): Promise<T> {
  const answer: { readonly value: T; readonly error?: string } = JSON.parse(
    await evaluate(
      `(async () => { try { return JSON.stringify({ value: await (\n${expression}\n) }); } ` +
        'catch (error) { return JSON.stringify({ error: String(error) }); } })()',
    ),
  );
  if (answer.error !== undefined) throw new Error(`${answer.error}, evaluating ${shorten(expression)}`);
  return answer.value;
}

/**
 * Resolves when the expression is truthy in the document. The document itself watches, so a change is noticed within some
 * milliseconds; when it is replaced by another meanwhile, that one is asked.
 */
export async function waitInDocument(
  evaluate: EvaluateText,
  expression: string,
  timeoutMs: number = DEFAULT_TIMEOUT_MS,
): Promise<void> {
  const held = until(
    `${shorten(expression)} to hold`,
    async (leftMs) => {
      const lookMs = Math.min(leftMs, LOOK_MS);
      const look = evaluateJson<{ held: boolean; error: string }>(
        evaluate,
        watch(expression, lookMs - ANSWER_MS),
      );
      const { held, error } = await within(lookMs + LOOK_MS, 'the document to answer', look);
      if (error) throw new Error(error);
      return held || undefined;
    },
    timeoutMs,
  );
  await held.catch(async (error: unknown) => {
    const shown = await within(LOOK_MS, 'the text', evaluateJson<string>(evaluate, SHOWN)).catch(String);
    throw new Error(`${error instanceof Error ? error.message : error}\nThe document showed: ${shown}`);
  });
}

/** Source of what a person reads in the document: what went wrong often stands there. */
const SHOWN = `(document.body?.innerText ?? '').replace(/\\s+/g, ' ').slice(0, 3000)`;

/** Source that looks at the expression every 20 ms, for `ms` at most. Not on animation frames: a hidden tab has none. */
function watch(expression: string, ms: number): string {
  return `new Promise((resolve) => {
    const end = performance.now() + ${ms};
    const look = async () => {
      let error = '';
      try { if (await (\n${expression}\n)) return resolve({ held: true, error }); } catch (thrown) { error = String(thrown); }
      if (performance.now() >= end) return resolve({ held: false, error });
      setTimeout(look, 20);
    };
    look();
  })`;
}

/** Source that is true when an element matches the selector and has a box to click on. */
export function isClickable(selector: string): string {
  return `document.querySelector(${JSON.stringify(selector)})?.getClientRects().length > 0`;
}

function shorten(text: string): string {
  const line = text.trim().replace(/\s+/g, ' ');
  return line.length > 200 ? `${line.slice(0, 199)}…` : line;
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
