import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { toJsonSchema } from '@valibot/to-json-schema';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { checkConfiguration, readConfiguration } from '../../src/core/configure/read-configuration.ts';
import { configurationSchema } from '../../src/core/configure/schema.ts';
import { ALL_RULES } from '../../src/core/judge/rules/index.ts';

const DOCS = join(import.meta.dirname, '../../docs');
const EITHER = ['issuer', 'client', 'host', 'kind'];

/** The published JSON Schema: what an editor can know. What it can't say (days of the calendar, hosts) is left out. */
function published(): object {
  const schema = toJsonSchema(configurationSchema, {
    target: 'draft-07',
    typeMode: 'input',
    errorMode: 'ignore',
    overrideSchema: ({ valibotSchema, jsonSchema }) => {
      const isAcceptedUse =
        valibotSchema.type === 'strict_object' && 'until' in Object(Reflect.get(valibotSchema, 'entries'));
      return isAcceptedUse
        ? { ...jsonSchema, anyOf: EITHER.map((name) => ({ required: [name] })) }
        : undefined;
    },
  });
  return { ...schema, title: 'aud-it.config.json' };
}

const document = readFile(join(DOCS, 'configuration.md'), 'utf8');

async function example(): Promise<string> {
  return /```json\n(?<json>[\s\S]*?)```/.exec(await document)?.groups?.['json'] ?? '';
}

describe('the JSON Schema', () => {
  it('is what the configuration is checked by', async () => {
    await expect(`${JSON.stringify(published(), null, 2)}\n`).toMatchFileSnapshot(
      '../../docs/aud-it.config.schema.json',
    );
  });

  it.each<readonly [boolean, unknown]>([
    [true, {}],
    [true, { $schema: './x.json', strict: true, severities: { 'token-in-url': 'off' } }],
    [false, { clents: [] }],
    [false, { severities: { 'token-in-uri': 'off' } }],
    [false, { severities: { 'token-in-url': 'warn' } }],
    [false, { clients: [{ clientId: 'a' }] }],
    [false, { resources: [{ host: 'a.example', audiences: [] }] }],
    [false, { acceptedByDesign: [{ rules: ['token-in-url'], reason: 'So.', until: '2027-06-30' }] }],
    [
      true,
      {
        acceptedByDesign: [
          { rules: ['token-in-url'], host: 'a.example', reason: 'So.', until: '2027-06-30' },
        ],
      },
    ],
  ])('agrees with it (%j: %j)', (isRight, value) => {
    const validate = new Ajv({ strict: false, validateFormats: false }).compile(published());
    expect([validate(value), 'configuration' in checkConfiguration(value)]).toEqual([isRight, isRight]);
  });
});

describe('the documentation of the configuration', () => {
  it('has an example that is right, and that shows every part', async () => {
    const reading = readConfiguration(await example());
    expect(reading).toHaveProperty('configuration');
    const { $schema: _where, ...parts } = JSON.parse(await example());
    expect(Object.keys(parts)).toEqual(Object.keys(configurationSchema.entries).slice(1));
  });

  it('speaks of every key', async () => {
    const text = await document;
    const parts = Object.keys(configurationSchema.entries).slice(1);
    for (const part of parts) expect(text).toContain(`\n## ${part}\n`);
    for (const name of ['clientId', 'issuer', 'origins', 'host', 'audiences', 'rules', 'client', 'kind'])
      expect(text).toContain(`\`${name}\``);
  });

  it('names no rule that there is not', async () => {
    const named = [...(await example()).matchAll(/"([a-z]+(?:-[a-z]+){1,5})"/g)].map(
      ([, name]) => name ?? '',
    );
    const rules = ALL_RULES.map(({ id }) => id);
    expect(named.filter((name) => rules.includes(name)).length).toBeGreaterThan(2);
  });
});
