import * as v from 'valibot';

/**
 * Makes a reader of one direction's messages.
 * @returns the message, or null for what is not one: the caller drops it, and counts it where that matters.
 */
export function reader<T>(schema: v.GenericSchema<unknown, T>): (message: unknown) => T | null {
  return (message) => {
    const result = v.safeParse(schema, message);
    return result.success ? result.output : null;
  };
}
