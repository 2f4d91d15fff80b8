import { describe, expect, it } from 'vitest';
import { Audit } from '../../src/core/audit.ts';
import type { HttpExchange } from '../../src/core/model/exchange.ts';
import { bearer, exchange } from '../fixtures/exchange.ts';
import { OTHER_SHAPES, rawOf } from '../fixtures/other-shapes.ts';

function audited(request: HttpExchange) {
  const audit = new Audit();
  audit.observe(request);
  const detail = audit.detail(request.id);
  const failed = (detail?.findings ?? []).filter(({ outcome }) => outcome === 'failed');
  return { token: detail?.tokens[0]?.classification, failed };
}

const API = 'https://api.shop.com/orders';

describe.each(OTHER_SHAPES)('$name', (shape) => {
  const raw = rawOf(shape);

  it(`is told as ${shape.told} where it is at home, and raises no alarm there`, () => {
    const { token, failed } = audited(shape.home(raw));
    expect(`${token?.kind}, ${token?.confidence}`).toBe(shape.told);
    expect(failed.filter(({ severity }) => severity !== 'notice').map(({ ruleId }) => ruleId)).toEqual([]);
    expect(failed.map(({ ruleId }) => ruleId)).not.toContain('token-to-unconnected-site');
  });
});

describe.each(OTHER_SHAPES.filter(({ atApi }) => atApi !== undefined))('$name at an API', (shape) => {
  it('is told of as a bearer token', () => {
    const headers = bearer(rawOf(shape));
    const { failed } = audited(
      exchange({ url: API, initiator: 'https://www.shop.com', requestHeaders: headers }),
    );
    expect(failed.map(({ ruleId }) => ruleId)).toEqual(expect.arrayContaining([...(shape.atApi ?? [])]));
  });
});
