import { expect, it } from 'vitest';
import { readReport } from '../../src/cli/read-report.ts';

it('a report keeps what a recorded session says of its steps and gaps', () => {
  const at = '2026-11-22T10:00:00.000Z';
  const report = {
    schemaVersion: '1.0',
    tool: { name: 'aud-it', version: '0.1.0' },
    session: {
      ...{ name: 'a walk', startedAt: at, endedAt: at, source: 'firefox' },
      steps: [{ at, note: 'Sign in', kind: 'step' }],
    },
    coverage: {
      ...{ exchanges: 1, withToken: 0 },
      unseen: [{ reason: 'background_stopped', count: 1, during: [{ from: at, to: at }] }],
    },
    ...{ clients: [], resources: [], tokens: [], exchanges: [], findings: [] },
  };
  expect(readReport(JSON.stringify(report), 'session.json')).toEqual(report);
});
