import { Audit } from '../core/audit.ts';
import type { Configuration } from '../core/model/configuration.ts';
import type { HarPlace } from '../core/model/report.ts';
import { stringMember } from '../core/syntax/json.ts';
import { isWaiting } from '../core/verdict.ts';
import type { KeySource } from '../core/verify/key-source.ts';
import { verifySignature } from '../core/verify/signature.ts';
import { decodeHar, type HarProblem, readHar } from '../observe/har-file.ts';
import { inflate } from './inflate.ts';
import { FileKeys, type GivenKeys, RecordedKeys } from './keys.ts';

/** A file as it was read from the disk. */
export interface RecordedFile {
  /** As it was named on the command line. */
  readonly name: string;
  readonly bytes: Uint8Array;
}

export interface AuditedFiles {
  readonly audit: Audit;
  readonly entryOf: (exchange: string) => HarPlace | null;
  /** Lines for people about files of which not all could be read. */
  readonly problems: readonly string[];
  /** The same about single entries that are none: the rest of their file was read. */
  readonly notes: readonly string[];
  /** True where at least one file was a HAR, whole or in part. */
  readonly isRead: boolean;
}

export interface Keys {
  readonly given: GivenKeys | null;
  /** null where no connection may be opened. */
  readonly online: KeySource | null;
  /** ms since the epoch. */
  readonly now: number;
}

/**
 * The audit over files. Everything is observed first, then verified: what later entries teach counts for earlier ones.
 * Never rejects.
 */
export async function auditFiles(
  files: readonly RecordedFile[],
  keys: Keys,
  configuration: Configuration | null = null,
): Promise<AuditedFiles> {
  const audit = new Audit();
  if (configuration !== null) audit.configure(configuration, keys.now);
  const recorded = new RecordedKeys();
  const places = new Map<string, HarPlace>();
  const problems: string[] = [];
  const notes: string[] = [];
  let isRead = false;
  for (const [number, { name, bytes }] of files.entries()) {
    const text = decodeHar(bytes);
    if (text === null) {
      problems.push(`${name}: it is an archive or compressed: unpack it first`);
      continue;
    }
    const reading = readHar(text, { idOf: (index) => `${number}.${index}`, inflate });
    if (reading.problem !== null) problems.push(`${place(name, reading.problem)}${kept(reading.entries)}`);
    if (reading.malformed !== null) notes.push(place(name, reading.malformed));
    isRead ||= reading.problem === null || reading.entries > 0;
    for (const { index, exchange } of reading.exchanges) {
      places.set(exchange.id, { file: name, index });
      recorded.note(exchange);
      try {
        audit.observe(exchange);
      } catch {
        // One request that we fail on must not end the reading of all others.
        audit.unseen('internal_error');
      }
    }
    for (const { reason, count } of reading.unseen) audit.unseen(reason, count);
  }
  await verify(audit, recorded, keys);
  return { audit, entryOf: (exchange) => places.get(exchange) ?? null, problems, notes, isRead };
}

function place(name: string, { line, column, text }: HarProblem): string {
  return `${name}:${line}:${column}: ${text}`;
}

function kept(entries: number): string {
  return entries === 0 ? '' : ` (${entries} ${entries === 1 ? 'entry' : 'entries'} before it could be read)`;
}

/** Checks the signatures of all tokens whose keys are at hand, or may be asked for. */
async function verify(audit: Audit, recorded: RecordedKeys, keys: Keys): Promise<void> {
  const waiting = audit.reportFacts().exchanges.flatMap(({ record, tokens }) =>
    tokens.flatMap(({ token }) => {
      const issuer = token.form === 'jwt' ? stringMember(token.claims, 'iss') : null;
      return token.form === 'jwt' && issuer !== null && isWaiting(token.signature)
        ? [{ token, issuer, at: record.at }]
        : [];
    }),
  );
  const sources = new FileKeys(
    audit,
    { ...keys, recorded },
    waiting.map(({ token }) => token),
  );
  const distinct = new Map(waiting.map((one) => [one.token.fingerprint, one]));
  const byIssuer = new Map<string, (typeof waiting)[number][]>();
  for (const one of distinct.values()) {
    const tokens = byIssuer.get(one.issuer) ?? [];
    byIssuer.set(one.issuer, tokens);
    tokens.push(one);
  }
  await Promise.all(
    [...byIssuer.values()].map(async (tokens) => {
      for (const { token, issuer, at } of tokens) {
        const raw = audit.tokenRecord(token.fingerprint)?.raw;
        const found = raw === undefined ? null : await sources.keysFor(token, issuer, at);
        if (raw === undefined || found === null) continue;
        audit.setSignature(token.fingerprint, await verifySignature(raw, token, found));
      }
    }),
  );
}
