import * as v from 'valibot';
import { ALL_RULES } from '../judge/rules/index.ts';
import type { RuleMetadata, Severity } from '../model/finding.ts';
import { TOKEN_KINDS } from '../model/token.ts';
import { patternKey, readHostPattern } from '../syntax/host-pattern.ts';
import { day, host, issuer, list, name, origin, reason } from './fields.ts';

/** The rules as far as a form shows them. */
export const RULES: readonly Pick<RuleMetadata, 'id' | 'title' | 'severity'>[] = ALL_RULES;

export const RULE_IDS = ALL_RULES.map(({ id }) => id);
export const LEVELS = ['error', 'warning', 'notice', 'off'] as const satisfies readonly (Severity | 'off')[];

/** What was expected where one of a few words was, and the words. */
const LEVEL = '"error", "warning", "notice" or "off"';
const RULE = 'the id of a rule';
const KIND = `a kind of token (${TOKEN_KINDS.join(', ')})`;
export const WORDS_BY_EXPECTATION: ReadonlyMap<string, readonly string[]> = new Map<
  string,
  readonly string[]
>([
  [LEVEL, LEVELS],
  [RULE, RULE_IDS],
  [KIND, TOKEN_KINDS],
]);

const level = v.picklist(LEVELS, LEVEL);

const client = v.strictObject(
  {
    clientId: name('a client_id', "The app's client_id at the authorization server."),
    issuer,
    origins: v.exactOptional(
      list(origin, {
        ...{ expected: 'a list of origins', max: 64, keyOf: (value: string) => value },
        description: "The origins of the app's pages.",
      }),
      [],
    ),
  },
  'an object with "clientId" and "issuer"',
);

const resource = v.strictObject(
  {
    host,
    audiences: list(name('an audience', 'An identifier of the API, to the letter as in "aud".'), {
      ...{ expected: 'a list of audiences', min: 1, max: 64, keyOf: (value: string) => value },
      description:
        'What the API expects in "aud". Whatever else a token names there, it is not meant for this host.',
    }),
  },
  'an object with "host" and "audiences"',
);

const accepted = v.pipe(
  v.strictObject(
    {
      rules: list(v.picklist(RULE_IDS, RULE), {
        ...{ expected: 'a list of rule ids', min: 1, max: RULE_IDS.length, keyOf: (value: string) => value },
        description: 'The rules whose findings are accepted.',
      }),
      issuer: v.exactOptional(issuer),
      client: v.exactOptional(name('a client_id', 'Only for tokens and requests of this client_id.')),
      host: v.exactOptional(host),
      kind: v.exactOptional(
        v.pipe(v.picklist(TOKEN_KINDS, KIND), v.description('Only for tokens of this kind.')),
      ),
      reason,
      until: day,
    },
    'an object with "rules", "reason" and "until"',
  ),
  v.check(
    (use) => [use.issuer, use.client, use.host, use.kind].some((one) => one !== undefined),
    'at least one of "issuer", "client", "host" and "kind": to silence a rule everywhere, set its severity to "off"',
  ),
);

/** The shape of `aud-it.config.json`. Messages say what was expected; `read-configuration.ts` makes sentences of them. */
export const configurationSchema = v.strictObject(
  {
    $schema: v.exactOptional(
      v.pipe(v.string('the place of the JSON Schema'), v.description('Where editors find the JSON Schema.')),
    ),
    clients: v.exactOptional(
      list(client, {
        ...{ expected: 'a list of clients', max: 200 },
        keyOf: (one) => JSON.stringify([one.clientId, one.issuer]),
        description: 'The client_ids of the app: what makes a token an ID token of this app.',
      }),
      [],
    ),
    resources: v.exactOptional(
      list(resource, {
        ...{ expected: 'a list of resources', max: 500 },
        keyOf: (one) => {
          const pattern = readHostPattern(one.host);
          return 'expected' in pattern ? null : patternKey(pattern);
        },
        description:
          'The APIs and the audiences that they expect. Where several fit a request, the one that says most of it counts.',
      }),
      [],
    ),
    trustedIssuers: v.exactOptional(
      list(issuer, {
        ...{ expected: 'a list of issuers', max: 200, keyOf: (value: string) => value },
        description:
          "The issuers whose tokens the app's own resources may take. Empty: nothing is said of them.",
      }),
      [],
    ),
    severities: v.exactOptional(
      v.pipe(
        v.strictObject(
          Object.fromEntries(
            ALL_RULES.map(({ id, severity, title }) => [
              id,
              v.exactOptional(v.pipe(level, v.description(`${title}. Default: ${severity}.`))),
            ]),
          ),
          'an object of rule ids and severities',
        ),
        v.description(
          'How much a rule counts. What a rule itself holds milder (weaker evidence) is not raised.',
        ),
      ),
      {},
    ),
    acceptedByDesign: v.exactOptional(
      list(accepted, {
        ...{ expected: 'a list of accepted uses', max: 500, keyOf: () => null },
        description: 'Uses that the team has looked at and accepts, each with its reason and its last day.',
      }),
      [],
    ),
    strict: v.exactOptional(
      v.pipe(
        v.boolean('true or false'),
        v.description("True: what a vendor's own documentation allows counts in full all the same."),
      ),
      false,
    ),
  },
  'an object',
);
