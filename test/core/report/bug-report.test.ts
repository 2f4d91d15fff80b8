import { describe, expect, it } from 'vitest';
import type { HttpExchange } from '../../../src/core/model/exchange.ts';
import { AT } from '../../fixtures/case.ts';
import { jwt } from '../../fixtures/jwt.ts';
import { API, asked, auditOf, call, exchanged, ID_TOKEN, ISSUER, returned } from '../../fixtures/login.ts';

function reportOf(exchanges: readonly HttpExchange[], { id }: HttpExchange): string {
  return auditOf(exchanges).detail(id)?.reports[0] ?? '';
}

describe('a finding as a bug report', () => {
  it('says what happened, where, why it matters, what to do, and on what evidence', () => {
    const bad = call(ID_TOKEN, `${API}/me?access_token=abc&page=2`);
    const report = reportOf([asked(), returned(), exchanged(), bad], bad);
    expect(report).toMatch(/^## ID token sent to an API as if it were an access token\n/);
    expect(report).toContain('- **Request:** `GET https://api.shop.example/me?access_token=…&page=…`');
    expect(report).toContain('- **Token:** `id_token` (certain), fingerprint `');
    expect(report).toContain('- **Audience:** `shop-spa`');
    expect(report).toContain(`- **When:** ${new Date(AT).toISOString()}`);
    for (const part of ['### Why it matters', '### How to fix it', '### Evidence', '### References'])
      expect(report).toContain(part);
  });

  it('gives away no token and no person', () => {
    const bad = call(ID_TOKEN, `${API}/users/ada@shop.example`);
    const report = reportOf([asked(), returned(), exchanged(), bad], bad);
    expect(report).not.toMatch(/eyJ|ada@|\bada\b/);
  });

  it('keeps what a token says from being Markdown', () => {
    const aud = '![x](https://evil.test) @octocat <img src=x onerror=alert(1)>';
    const hostile = jwt({ alg: 'none' }, { iss: ISSUER, aud, nonce: 'n' }, '');
    const bad = call(hostile);
    const report = reportOf([asked(), bad], bad);
    expect(report).not.toBe('');
    const outsideCode = report.replace(/(`+)(?:(?!\1).)*\1(?!`)/g, '').replace(/\]\(<[^>]*>\)/g, '');
    expect(outsideCode).not.toMatch(/<|@|!\[|evil\.test/);
  });
});
