import * as v from 'valibot';
import { ALL_RULES } from '../judge/rules/index.ts';
import type { RuleMetadata, Severity } from '../model/finding.ts';
import { TOKEN_KINDS } from '../model/token.ts';
import { patternKey, readHostPattern } from '../syntax/host-pattern.ts';
import { t } from '../text.ts';
import { day, host, issuer, list, name, origin, reason } from './fields.ts';

/** The rules as far as a form shows them. */
export const RULES: readonly Pick<RuleMetadata, 'id' | 'title' | 'severity'>[] = ALL_RULES;

export const RULE_IDS = ALL_RULES.map(({ id }) => id);
export const LEVELS = ['error', 'warning', 'notice', 'off'] as const satisfies readonly (Severity | 'off')[];

const level = v.picklist(LEVELS, t`"error", "warning", "notice" or "off"`);
const ruleId = v.picklist(RULE_IDS, t`the id of a rule`);
const kind = v.picklist(TOKEN_KINDS, t`a kind of token (${TOKEN_KINDS.join(', ')})`);

/** The words that were expected where one of a few was, by how the library's issues name that they were. */
export const WORDS_BY_EXPECTATION: ReadonlyMap<string, readonly string[]> = new Map<
  string,
  readonly string[]
>([
  [level.expects, LEVELS],
  [ruleId.expects, RULE_IDS],
  [kind.expects, TOKEN_KINDS],
]);

const client = v.strictObject(
  {
    clientId: name(t`a client_id`, t`The app's client_id at the authorization server.`),
    issuer,
    origins: v.exactOptional(
      list(origin, {
        ...{ expected: t`a list of origins`, max: 64, keyOf: (value: string) => value },
        description: t`The origins of the app's pages.`,
      }),
      [],
    ),
  },
  t`an object with "clientId" and "issuer"`,
);

const resource = v.strictObject(
  {
    host,
    audiences: list(name(t`an audience`, t`An identifier of the API, to the letter as in "aud".`), {
      ...{ expected: t`a list of audiences`, min: 1, max: 64, keyOf: (value: string) => value },
      description: t`What the API expects in "aud". Whatever else a token names there, it is not meant for this host.`,
    }),
  },
  t`an object with "host" and "audiences"`,
);

const accepted = v.pipe(
  v.strictObject(
    {
      rules: list(ruleId, {
        ...{ expected: t`a list of rule ids`, min: 1, max: RULE_IDS.length, keyOf: (value: string) => value },
        description: t`The rules whose findings are accepted.`,
      }),
      issuer: v.exactOptional(issuer),
      client: v.exactOptional(name(t`a client_id`, t`Only for tokens and requests of this client_id.`)),
      host: v.exactOptional(host),
      kind: v.exactOptional(v.pipe(kind, v.description(t`Only for tokens of this kind.`))),
      reason,
      until: day,
    },
    t`an object with "rules", "reason" and "until"`,
  ),
  v.check(
    (use) => [use.issuer, use.client, use.host, use.kind].some((one) => one !== undefined),
    t`at least one of "issuer", "client", "host" and "kind": to silence a rule everywhere, set its severity to "off"`,
  ),
);

/** The shape of `aud-it.config.json`. Messages say what was expected; `read-configuration.ts` makes sentences of them. */
export const configurationSchema = v.strictObject(
  {
    $schema: v.exactOptional(
      v.pipe(
        v.string(t`the place of the JSON Schema`),
        v.description(t`Where editors find the JSON Schema.`),
      ),
    ),
    clients: v.exactOptional(
      list(client, {
        ...{ expected: t`a list of clients`, max: 200 },
        keyOf: (one) => JSON.stringify([one.clientId, one.issuer]),
        description: t`The client_ids of the app: what makes a token an ID token of this app.`,
      }),
      [],
    ),
    resources: v.exactOptional(
      list(resource, {
        ...{ expected: t`a list of resources`, max: 500 },
        keyOf: (one) => {
          const pattern = readHostPattern(one.host);
          return 'expected' in pattern ? null : patternKey(pattern);
        },
        description: t`The APIs and the audiences that they expect. Where several fit a request, the one that says most of it counts.`,
      }),
      [],
    ),
    trustedIssuers: v.exactOptional(
      list(issuer, {
        ...{ expected: t`a list of issuers`, max: 200, keyOf: (value: string) => value },
        description: t`The issuers whose tokens the app's own resources may take. Empty: nothing is said of them.`,
      }),
      [],
    ),
    severities: v.exactOptional(
      v.pipe(
        v.strictObject(
          Object.fromEntries(
            ALL_RULES.map(({ id, severity, title }) => [
              id,
              v.exactOptional(v.pipe(level, v.description(t`${title}. Default: ${severity}.`))),
            ]),
          ),
          t`an object of rule ids and severities`,
        ),
        v.description(
          t`How much a rule counts. What a rule itself holds milder (weaker evidence) is not raised.`,
        ),
      ),
      {},
    ),
    acceptedByDesign: v.exactOptional(
      list(accepted, {
        ...{ expected: t`a list of accepted uses`, max: 500, keyOf: () => null },
        description: t`Uses that the team has looked at and accepts, each with its reason and its last day.`,
      }),
      [],
    ),
    strict: v.exactOptional(
      v.pipe(
        v.boolean(t`true or false`),
        v.description(t`True: what a vendor's own documentation allows counts in full all the same.`),
      ),
      false,
    ),
  },
  t`an object`,
);
