import * as v from 'valibot';
import { HOST_PATTERN, readHostPattern } from '../syntax/host-pattern.ts';
import { parseUrl } from '../syntax/url.ts';
import { t } from '../text.ts';

/*
 * The parts of a configuration. A message is what was expected, in words that fit behind "expected"; what was found is
 * added where the problem is told.
 */

const MAX_NAME = 512;
const MAX_REASON = 1_000;

/** A check whose message depends on what is wrong. @param expectedFor null where the text is right */
function expecting(expectedFor: (text: string) => string | null): v.GenericValidation<string> {
  return v.rawCheck(({ dataset, addIssue }) => {
    const expected = dataset.typed ? expectedFor(dataset.value) : null;
    if (expected !== null) addIssue({ message: expected });
  });
}

function text(expected: string, max: number, description: string) {
  return v.pipe(
    v.string(expected),
    v.minLength(1, t`${expected}, not an empty one`),
    v.maxLength(max, t`at most ${max} characters`),
    expecting((value) => (/\p{Cc}|[\u2028\u2029]/u.test(value) ? t`${expected} on one line` : null)),
    expecting((value) => (value.trim() === value ? null : t`${expected} without spaces around it`)),
    v.description(description),
  );
}

export function name(expected: string, description: string) {
  return text(expected, MAX_NAME, description);
}

export const reason = text(
  t`a sentence that says why this is accepted`,
  MAX_REASON,
  t`Why this use is accepted. Shown wherever it is found, and in reports.`,
);

export const issuer = v.pipe(
  name(
    t`an issuer such as https://login.example.com`,
    t`The issuer identifier, to the letter as in the "iss" of its tokens (a slash at the end included).`,
  ),
  expecting(issuerProblem),
);

/** An issuer is a URL (RFC 8414 §2), but some servers write a mere name: what reads like a host is a URL without its scheme. */
function issuerProblem(value: string): string | null {
  if (!/[.:/]/.test(value) && !/\s/.test(value)) return null;
  const url = parseUrl(value);
  if (url === null || !/^https?:$/.test(url.protocol))
    return t`an issuer with its scheme, such as ${isUrl(`https://${value}`) ? `https://${value}` : 'https://login.example.com'}`;
  return url.search === '' && url.hash === '' && url.username === '' && !/[?#\s]/.test(value)
    ? null
    : t`an issuer without query, fragment, name or password (RFC 8414 §2)`;
}

function isUrl(value: string): boolean {
  return !/[\s"]/.test(value) && parseUrl(value) !== null;
}

export const origin = v.pipe(
  name(
    t`an origin such as https://app.example.com`,
    t`Scheme, host and, where it is not the default one, port of the pages of the app.`,
  ),
  expecting((value) => {
    const url = parseUrl(value);
    if (url === null || !/^https?:$/.test(url.protocol)) return t`an origin such as https://app.example.com`;
    return url.origin === value ? null : t`an origin, here ${url.origin}`;
  }),
);

export const host = v.pipe(
  name(
    HOST_PATTERN,
    t`A host (api.example.com), or all hosts below a domain (*.example.com); with a port (localhost:8080, localhost:*), without one the default port; with a path (example.com/api) for all that is at it or below it.`,
  ),
  expecting((value) => {
    const pattern = readHostPattern(value);
    return 'expected' in pattern ? pattern.expected : null;
  }),
);

export const day = v.pipe(
  v.string(t`a date such as 2027-06-30`),
  v.isoDate(t`a date such as 2027-06-30`),
  expecting((value) => (isDay(value) ? null : t`a day that is in the calendar`)),
  v.description(
    t`The last day on which this is accepted (year-month-day, UTC). After it, it counts no more.`,
  ),
);

function isDay(value: string): boolean {
  const at = Date.parse(`${value}T00:00:00Z`);
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(value);
}

/**
 * A list of limited length that says nothing twice.
 * @param keyOf what makes two of its items the same; null for an item that can't be compared
 */
export function list<T>(
  item: v.GenericSchema<unknown, T>,
  told: {
    readonly expected: string;
    readonly max: number;
    readonly min?: number;
    readonly keyOf: (item: T) => string | null;
    readonly description: string;
  },
) {
  return v.pipe(
    v.array(item, told.expected),
    v.minLength(told.min ?? 0, t`${told.expected}, at least ${told.min ?? 0}`),
    v.maxLength(told.max, t`at most ${told.max}`),
    v.rawCheck<T[]>(({ dataset, addIssue }) => {
      if (!dataset.typed) return;
      const seen = new Map<string, number>();
      for (const [index, value] of dataset.value.entries()) {
        const key = told.keyOf(value);
        const first = key === null ? undefined : seen.get(key);
        if (key !== null && first === undefined) seen.set(key, index);
        if (first === undefined) continue;
        addIssue({
          message: t`each only once, but this one is [${first}] again`,
          input: value,
          path: [{ type: 'array', origin: 'value', input: dataset.value, key: index, value }],
        });
      }
    }),
    v.description(told.description),
  );
}
