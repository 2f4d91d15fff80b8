/**
 * `npm run accuracy`: how well the audit tells tokens apart, and what its rules say of each legitimate and each misuse
 * destination of the corpus: cold (the request alone), warm (after its flow) and used (after its first use, too, where it
 * belongs: a token whose audience is a mere name tells by nothing else what it is for). Prints; fails nothing.
 */
import { shapes } from '../fixtures/corpus.ts';
import { isAlarm, measure, type Outcome, type Phase, type Told } from './measure.ts';
import { APP } from './requests.ts';

const PHASES: readonly Phase[] = ['cold', 'warm', 'used'];

/** Who makes the requests: the app on a host of the same site as most APIs, one on another site, nobody who says. */
const INITIATORS: readonly (string | null)[] = [APP, 'https://shop.example', null];

const outcomes = INITIATORS.flatMap((initiator) => shapes.flatMap((shape) => measure(shape, initiator)));
const main = outcomes.filter(({ initiator }) => initiator === APP);

for (const phase of PHASES) printKinds(phase);
printRows(
  'wrong',
  outcomes.filter(({ told }) => told === 'wrong'),
);
for (const phase of PHASES) {
  const abstained = main.filter((one) => one.told === 'abstained' && one.phase === phase);
  printRows(`abstained, ${phase}`, firstOfEachShape(abstained));
}
printRows('alarms on legitimate destinations', outcomes.filter(isAlarmed));
printRows(
  'legitimate destinations that nothing seen connects with the token: a notice, no alarm',
  outcomes.filter(isNoticed),
);
printRows(
  'misuse missed, warm, though its token was used before where it belongs',
  outcomes.filter((one) => isMissed(one) && one.phase === 'used'),
);
printRows(
  'misuse missed, warm, by a token at its very first use',
  outcomes.filter((one) => isMissed(one) && one.phase === 'warm' && !isMissedLater(one)),
);
printFigures();

/** A shape is told as badly as at the destination where it is told worst. */
function worst(of: readonly Outcome[]): Told {
  const told = new Set(of.map((one) => one.told));
  return told.has('wrong') ? 'wrong' : told.has('abstained') ? 'abstained' : 'right';
}

function byShape(phase: Phase): ReadonlyMap<Outcome['shape'], readonly Outcome[]> {
  const groups = new Map<Outcome['shape'], Outcome[]>();
  for (const one of main) {
    if (one.phase !== phase) continue;
    const group = groups.get(one.shape) ?? [];
    groups.set(one.shape, group);
    group.push(one);
  }
  return groups;
}

function firstOfEachShape(of: readonly Outcome[]): readonly Outcome[] {
  return of.filter((one, index) => of.findIndex(({ shape }) => shape === one.shape) === index);
}

function isAlarmed({ intent, findings }: Outcome): boolean {
  return intent === 'legitimate' && findings.some(isAlarm);
}

/** That nothing seen connects a token with its API is no alarm, and worth knowing: such an API can be declared. */
function isNoticed({ intent, findings }: Outcome): boolean {
  return intent === 'legitimate' && findings.some(({ ruleId }) => ruleId === 'token-to-unconnected-site');
}

function isMissed({ intent, findings }: Outcome): boolean {
  return intent === 'misuse' && !findings.some(({ outcome }) => outcome === 'failed');
}

/** Nothing was said of it at all; that a signature could not be checked says nothing of the use. */
function isSilent({ findings }: Outcome): boolean {
  return findings.every(({ ruleId }) => ruleId === 'unverifiable-token');
}

function isMissedLater(first: Outcome): boolean {
  return outcomes.some(
    (one) =>
      one.phase === 'used' &&
      isMissed(one) &&
      one.shape === first.shape &&
      one.destination === first.destination &&
      one.initiator === first.initiator,
  );
}

function printKinds(phase: Phase): void {
  const counts = new Map<string, { wrong: number; abstained: number; right: number }>();
  for (const [shape, of] of byShape(phase)) {
    const key = `${shape.kind} (${shape.form})`;
    const count = counts.get(key) ?? { wrong: 0, abstained: 0, right: 0 };
    counts.set(key, count);
    count[worst(of)]++;
  }
  console.log(`\n${phase}: kinds`);
  console.log(`  ${'label'.padEnd(30)} wrong  abstained  right`);
  for (const [key, { wrong, abstained, right }] of [...counts].sort(([a], [b]) => a.localeCompare(b))) {
    const cells = [String(wrong).padStart(5), String(abstained).padStart(9), String(right).padStart(5)];
    console.log(`  ${key.padEnd(30)} ${cells.join('  ')}`);
  }
}

/** A line for what several pages that make the same request have in common. */
function printRows(title: string, rows: readonly Outcome[]): void {
  console.log(`\n${title}: ${rows.length === 0 ? 'none' : ''}`);
  const grouped = new Map<string, Outcome[]>();
  for (const one of rows) {
    const key = JSON.stringify([one.shape.id, one.destination, one.phase, reasonOf(one)]);
    grouped.set(key, [...(grouped.get(key) ?? []), one]);
  }
  for (const same of grouped.values()) {
    const [one] = same;
    if (one === undefined) continue;
    const { shape, phase, destination, classification } = one;
    const soft = [
      ...(shape.ambiguous === undefined ? [] : ['label ambiguous']),
      ...(shape.source_checked ? [] : ['source not checked']),
    ];
    const from =
      same.length === INITIATORS.length
        ? ''
        : `, page ${same.map(({ initiator }) => initiator ?? 'unknown').join(' or ')}`;
    const held =
      classification === null ? 'no token seen' : `${classification.kind}, ${classification.confidence}`;
    console.log(`  ${shape.id} (${[`${shape.kind} ${shape.form}`, ...soft].join('; ')})`);
    console.log(`    ${phase}: ${destination}${from}`);
    console.log(`    held for: ${held}. ${reasonOf(one)}`);
  }
}

function reasonOf({ findings, classification }: Outcome): string {
  const said = findings.map(({ ruleId, outcome, severity, what }) =>
    outcome === 'failed' ? `${ruleId} ${severity}: ${what}` : `${ruleId} can't tell: ${what}`,
  );
  const evidence = (classification?.evidence ?? []).map(({ says, text }) => `[${says}] ${text}`);
  return [...(said.length > 0 ? said : ['No rule spoke.']), ...evidence].join(' ');
}

function printFigures(): void {
  console.log('\nfigures');
  const line = (what: string, figure: string) => console.log(`  ${what.padEnd(64)} ${figure}`);
  for (const phase of PHASES) {
    const all = byShape(phase);
    const wrong = [...all.values()].filter((of) => worst(of) === 'wrong').length;
    line(`wrong, ${phase} (bar: 0)`, `${wrong} of ${all.size}`);
    const told = [...all].filter(([{ kind }]) => kind === 'id_token' || kind === 'access_token');
    for (const [what, some] of [
      ['ID and access tokens', told],
      ['of them, JWTs', told.filter(([{ form }]) => form === 'jwt')],
    ] as const) {
      const abstained = some.filter(([, of]) => worst(of) === 'abstained').length;
      const share = `${((100 * abstained) / some.length).toFixed(1)} %`;
      line(
        `abstained, ${what}, ${phase} (bar: ${phase === 'cold' ? '15 %' : '0'})`,
        `${abstained} of ${some.length} = ${share}`,
      );
    }
  }
  for (const initiator of INITIATORS) {
    const own = outcomes.filter((one) => one.initiator === initiator);
    console.log(`  requests of a page at ${initiator ?? 'an unknown place'}`);
    for (const phase of PHASES) {
      const legitimate = own.filter((one) => one.phase === phase && one.intent === 'legitimate');
      const misuse = own.filter((one) => one.phase === phase && one.intent === 'misuse');
      line(
        `  alarms on legitimate destinations, ${phase} (bar: 0)`,
        `${legitimate.filter(isAlarmed).length} of ${legitimate.length}`,
      );
      line(
        `  notices "nothing seen connects it" on legitimate ones, ${phase}`,
        `${legitimate.filter(isNoticed).length} of ${legitimate.length}`,
      );
      const missed = misuse.filter(isMissed);
      line(
        `  misuse missed, ${phase}${phase === 'cold' ? '' : ' (bar: 0)'}`,
        `${missed.length} of ${misuse.length}; can't tell, and says so: ${missed.length - missed.filter(isSilent).length}`,
      );
    }
  }
}
