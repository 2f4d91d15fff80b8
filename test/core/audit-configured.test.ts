import { describe, expect, it } from 'vitest';
import { Audit } from '../../src/core/audit.ts';
import { type Configuration, NO_CONFIGURATION } from '../../src/core/model/configuration.ts';
import type { AuditRow } from '../../src/core/model/view.ts';
import { AT } from '../fixtures/case.ts';
import { bearer, exchange } from '../fixtures/exchange.ts';
import { jwt } from '../fixtures/jwt.ts';

const ISSUER = 'https://login.example';
const TIMES = { iat: AT / 1000 - 10, exp: AT / 1000 + 600 };
const ACCESS = jwt(
  { alg: 'RS256', typ: 'at+jwt', kid: 'k1' },
  { iss: ISSUER, sub: 'ada', aud: 'catalogue', client_id: 'spa', scope: 'read', ...TIMES },
);
const ID_TOKEN = jwt(
  { alg: 'RS256', kid: 'k1' },
  { iss: ISSUER, sub: 'ada', aud: 'spa', nonce: 'n', auth_time: AT / 1000 - 60, ...TIMES },
);

function audited(token: string): { readonly audit: Audit; readonly row: () => AuditRow | null } {
  const audit = new Audit();
  audit.observe(exchange({ id: 'x1', url: 'https://api.example/things', requestHeaders: bearer(token) }));
  return { audit, row: () => audit.row('x1') };
}

const config = (told: Partial<Configuration>): Configuration => ({ ...NO_CONFIGURATION, ...told });

describe('a configuration that changes', () => {
  it('judges again what was seen before, and back again', () => {
    const { audit, row } = audited(ACCESS);
    expect(row()).toMatchObject({ failed: [], cantTell: expect.arrayContaining(['audience-mismatch']) });
    const change = audit.configure(
      config({ resources: [{ host: 'api.example', audiences: ['orders'] }] }),
      AT,
    );
    expect([...change.exchanges]).toEqual(['x1']);
    expect(row()).toMatchObject({ verdict: 'error', failed: ['audience-mismatch'] });
    audit.configure(config({ resources: [{ host: 'api.example', audiences: ['catalogue'] }] }), AT);
    expect(row()?.failed).toEqual([]);
    expect(row()?.cantTell).not.toContain('audience-mismatch');
    audit.configure(NO_CONFIGURATION, AT);
    expect(row()?.cantTell).toContain('audience-mismatch');
  });

  it('judges in steps, the newest first, while others observe', () => {
    const audit = new Audit();
    const see = (id: string): unknown =>
      audit.observe(exchange({ id, url: `https://api.example/${id}`, requestHeaders: bearer(ID_TOKEN) }));
    for (let index = 0; index < 250; index++) see(`x${index}`);
    const steps = audit.configuring(config({ severities: { 'id-token-as-bearer': 'off' } }), AT);
    const first = steps.next().value;
    expect(first?.exchanges.has('x249')).toBe(true);
    expect(audit.row('x249')?.failed).toEqual([]);
    expect(audit.row('x0')?.failed).toEqual(['id-token-as-bearer']);
    see('later');
    expect(audit.row('later')?.failed).toEqual([]);
    for (const _step of steps) see('meanwhile');
    expect(audit.rows(1).filter(({ failed }) => failed.length > 0)).toEqual([]);
  });

  it('holds for what is seen after it, too', () => {
    const audit = new Audit();
    audit.configure(config({ severities: { 'id-token-as-bearer': 'off' } }), AT);
    audit.observe(exchange({ id: 'x1', url: 'https://api.example/x', requestHeaders: bearer(ID_TOKEN) }));
    expect(audit.row('x1')?.failed).toEqual([]);
  });

  it('names an issuer that may be asked for keys', () => {
    const { audit } = audited(ACCESS);
    expect([...audit.pending()]).toEqual([]);
    audit.configure(config({ trustedIssuers: [ISSUER] }), AT);
    expect([...audit.pending()].map(({ issuer }) => issuer)).toEqual([ISSUER]);
    audit.configure(NO_CONFIGURATION, AT);
    expect([...audit.pending()]).toEqual([]);
  });

  it('accepts by design: the row, the detail and the report say so', () => {
    const { audit, row } = audited(ID_TOKEN);
    expect(row()?.failed).toEqual(['id-token-as-bearer']);
    const use = { rules: ['id-token-as-bearer'], issuer: ISSUER, client: 'spa', host: 'api.example' };
    const acceptedByDesign = [{ ...use, reason: 'The gateway exchanges it.', until: '2026-06-30' }];
    audit.configure(config({ acceptedByDesign, severities: { 'unverifiable-token': 'off' } }), AT);
    expect(row()).toMatchObject({ verdict: 'accepted', failed: [], accepted: ['id-token-as-bearer'] });
    const detail = audit.detail('x1');
    expect(detail?.summary).toMatch(/It is accepted by design until 2026-06-30\.$/);
    expect(detail?.findings[0]?.accepted?.reason).toBe('The gateway exchanges it.');
    audit.configure(config({ acceptedByDesign }), Date.parse('2026-07-01T00:00:00Z'));
    expect(row()).toMatchObject({ verdict: 'error', failed: expect.arrayContaining(['id-token-as-bearer']) });
  });
});
