import { describe, expect, it } from 'vitest';
import type { RecordedSession } from '../../../src/core/model/session.ts';
import * as recording from '../../../src/core/record/recording.ts';
import { isInScope, wasActive } from '../../../src/core/record/session-scope.ts';
import { AT } from '../../fixtures/case.ts';

const session: RecordedSession = recording.begin({
  ...{ id: 's', name: ' A walk ', scope: { of: 'tab', tab: 1 }, source: 'chrome', version: '1', at: AT },
});

describe('a recording', () => {
  it('is active from start to stop, but for its pauses', () => {
    const paused = recording.pause(session, AT + 10);
    const ended = recording.stop(recording.resume(paused, AT + 20), AT + 30);
    expect(ended.name).toBe('A walk');
    expect(ended.state).toBe('ended');
    expect([0, 10, 15, 20, 30, 31].map((ms) => wasActive(ended, AT + ms))).toEqual([
      ...[true, true, false, true, true, false],
    ]);
    expect(ended.steps.map(({ note }) => note)).toEqual(['Recording paused', 'Recording resumed']);
  });

  it('changes by nothing that does not fit its state', () => {
    const ended = recording.stop(session, AT + 1);
    expect(recording.pause(ended, AT + 2)).toBe(ended);
    expect(recording.resume(session, AT + 2)).toBe(session);
    expect(recording.interrupt(ended)).toBe(ended);
    expect(recording.continued(session, { of: 'all' }, AT + 2)).toBe(session);
  });

  it('bounds names, notes, steps and gaps', () => {
    expect(recording.renamed(session, 'x'.repeat(5_000)).name).toHaveLength(200);
    expect(recording.renamed(session, ' ').name).not.toBe('');
    let long = recording.withStep(session, AT, 'note', 'y'.repeat(5_000));
    expect(long.steps[0]?.note).toHaveLength(2_000);
    for (let n = 0; n < 2_000; n++) {
      long = recording.withStep(recording.withGap(long, AT + n, AT + n + 1), AT, 'step', 'z');
    }
    expect(long.steps).toHaveLength(1_000);
    expect(long.gaps).toHaveLength(1_000);
    expect(long.unseen).toEqual([{ reason: 'background_stopped', count: 1_000 }]);
  });
});

describe('the scope', () => {
  const at = (url: string, initiator: string | null, tab = 1) => ({ url, initiator, tab });

  it('of a site has what goes to it and what its pages ask for', () => {
    const scope = { of: 'site', site: 'shop.example' } as const;
    expect(isInScope(scope, at('https://api.shop.example/x', null))).toBe(true);
    expect(isInScope(scope, at('https://login.example/auth', 'https://www.shop.example'))).toBe(true);
    expect(isInScope(scope, at('https://login.example/style', 'https://login.example'))).toBe(false);
    expect(isInScope(scope, at('https://shop.example.evil.test/', null))).toBe(false);
    expect(isInScope(scope, at('no URL', null))).toBe(false);
  });

  it('of a tab has that tab’s alone', () => {
    expect(isInScope({ of: 'tab', tab: 1 }, at('https://a.example/', null, 2))).toBe(false);
  });
});
