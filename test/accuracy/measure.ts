import { Audit } from '../../src/core/audit.ts';
import type { Finding } from '../../src/core/model/finding.ts';
import type { Classification, TokenKind } from '../../src/core/model/token.ts';
import { AT } from '../fixtures/case.ts';
import { type Shape, tokenAt } from '../fixtures/corpus.ts';
import { type Carrier, carrierOf, flowOf, naturalCarrierOf } from './requests.ts';

/**
 * `cold`: the request that carries the token, alone. `warm`: after its flow, as the corpus has it: an authorization
 * request, a token response. `used`: after its flow and its first use, where it belongs.
 */
export type Phase = 'cold' | 'warm' | 'used';
export type Told = 'right' | 'abstained' | 'wrong';

/** What the audit said of one token at one destination. */
export interface Outcome {
  readonly shape: Shape;
  readonly phase: Phase;
  readonly destination: string;
  readonly intent: 'legitimate' | 'misuse' | 'nowhere';
  /** The page that made the request. */
  readonly initiator: string | null;
  readonly classification: Classification | null;
  readonly told: Told;
  readonly findings: readonly Finding[];
}

/** The kinds that are right for a label; a label that isn't here has no OAuth role: see {@link NEVER}. */
const RIGHT: Readonly<Record<string, readonly TokenKind[]>> = {
  id_token: ['id_token'],
  access_token: ['access_token'],
  refresh_token: ['refresh_token'],
  logout_token: ['logout_token'],
  dpop_proof: ['dpop_proof'],
  client_assertion: ['client_assertion'],
  request_object: ['request_object'],
  set: ['security_event'],
  session_token: ['session_token'],
  jwe: ['encrypted'],
};

/** What a token without an OAuth role must not be taken for. */
const NEVER: readonly TokenKind[] = ['id_token', 'access_token'];

/** Kinds that say no more than what the token looks like. */
const FORMS: readonly TokenKind[] = ['unknown_jwt', 'opaque', 'encrypted'];

function toldOf({ kind: label }: Shape, classification: Classification | null): Told {
  if (classification === null) return 'abstained';
  const { kind, confidence } = classification;
  const right = RIGHT[label];
  // To claim nothing of what has no OAuth role is right.
  if (right === undefined && (confidence === 'weak' || FORMS.includes(kind))) return 'right';
  if (confidence === 'weak') return 'abstained';
  if (right === undefined) return NEVER.includes(kind) ? 'wrong' : 'right';
  if (right.includes(kind)) return 'right';
  return FORMS.includes(kind) ? 'abstained' : 'wrong';
}

/** Everything that the corpus says of a shape, tried: each destination, the request alone and after its flow. */
export function measure(shape: Shape, initiator: string | null): readonly Outcome[] {
  const token = tokenAt(shape, AT);
  const carriersTo = (examples: readonly string[], isLegitimate: boolean): readonly Carrier[] =>
    examples.flatMap((destination) =>
      [
        carrierOf(destination, token, AT, initiator),
        isLegitimate ? naturalCarrierOf(shape, destination, token, AT, initiator) : null,
      ].filter((carrier) => carrier !== null),
    );
  const legitimate = carriersTo(shape.legit_destination_examples, true);
  const misuse = carriersTo(shape.misuse_destination_examples, false);
  const nowhere =
    legitimate.length + misuse.length > 0
      ? []
      : [carrierOf('https://api.example.com/', token, AT, initiator)].filter((carrier) => carrier !== null);
  const subject = { shape, initiator, token, home: homeOf(shape, token, initiator) };
  return (['cold', 'warm', 'used'] as const).flatMap((phase) => [
    ...legitimate.map((carrier) => outcome(subject, phase, 'legitimate', carrier)),
    ...misuse.map((carrier) => outcome(subject, phase, 'misuse', carrier)),
    ...nowhere.map((carrier) => outcome(subject, phase, 'nowhere', carrier)),
  ]);
}

/** The first place where the token belongs, sent as its own standard has it. */
function homeOf(shape: Shape, token: string, initiator: string | null): Carrier | null {
  for (const destination of shape.legit_destination_examples) {
    const carrier =
      naturalCarrierOf(shape, destination, token, AT - 10_000, initiator) ??
      carrierOf(destination, token, AT - 10_000, initiator);
    if (carrier !== null) return carrier;
  }
  return null;
}

interface Subject {
  readonly shape: Shape;
  readonly initiator: string | null;
  readonly token: string;
  readonly home: Carrier | null;
}

function outcome(
  { shape, initiator, token, home }: Subject,
  phase: Phase,
  intent: Outcome['intent'],
  { destination, request }: Carrier,
): Outcome {
  const audit = new Audit();
  if (phase !== 'cold') for (const exchange of flowOf(shape, token, AT)) audit.observe(exchange);
  if (phase === 'used' && home !== null && home.request.url !== request.url) audit.observe(home.request);
  audit.observe(request);
  const detail = audit.detail(request.id);
  const classification = detail?.tokens[0]?.classification ?? null;
  return {
    ...{ shape, phase, intent, initiator, destination, classification },
    told: toldOf(shape, classification),
    findings: detail?.findings ?? [],
  };
}

/** A finding that a build would fail on. */
export function isAlarm({ outcome: came, severity }: Finding): boolean {
  return came === 'failed' && severity !== 'notice';
}
