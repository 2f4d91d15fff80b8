import type { AuditRow } from '../../src/core/model/view.ts';

/** A row with nothing to report, but for what the test says. */
export function row(order: number, over: Partial<AuditRow> = {}): AuditRow {
  return {
    id: `x${order}`,
    order,
    at: 1_000_000 + order,
    method: 'GET',
    host: 'api.shop.test',
    path: '/orders',
    status: 200,
    kinds: ['access_token'],
    locations: ['authorization_header'],
    audiences: ['https://api.shop.test'],
    issuers: ['https://login.test'],
    clients: ['shop-spa'],
    tokens: ['T1'],
    verdict: 'passed',
    failed: [],
    accepted: [],
    cantTell: [],
    ...over,
  };
}

/** A row with a rule that failed. */
export function problem(order: number, over: Partial<AuditRow> = {}): AuditRow {
  return row(order, { verdict: 'error', failed: ['id-token-as-bearer'], ...over });
}
