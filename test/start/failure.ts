import { stripVTControlCharacters } from 'node:util';

/** Something that can go wrong on a person's machine: it is told in one line, without a stack trace. */
export class Failure extends Error {
  readonly exitCode: number;

  /** @param exitCode 1: something failed; 2: the person has something to change first */
  constructor(message: string, exitCode: 1 | 2 = 1) {
    super(message);
    this.exitCode = exitCode;
  }
}

/**
 * Settles like `work`; but what it rejects with becomes a {@link Failure} whose line begins with `what` failed.
 */
export async function orFail<T>(what: string, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw error instanceof Failure ? error : new Failure(`${what}: ${firstLine(error)}`);
  }
}

/** An error's message without colours. */
export function plainMessage(error: unknown): string {
  return stripVTControlCharacters(error instanceof Error ? error.message : String(error));
}

/** The first line of an error's message that says something. */
export function firstLine(error: unknown): string {
  const lines = plainMessage(error).split('\n');
  return lines.map((line) => line.trim()).find((line) => line !== '') ?? 'no reason was given';
}
