import { describe, expect, it } from 'vitest';
import { Bodies, remainder } from '../../src/background/bodies.ts';
import type { HttpBody } from '../../src/core/model/exchange.ts';

const text = (length: number): HttpBody => ({ form: 'text', mediaType: '', text: 'x'.repeat(length) });
const TOO_LARGE = { form: 'unseen', reason: 'body_too_large' };

describe('bodies of requests that did not leave yet', () => {
  it('are held as long as there is room for all; what has none counts as too large', () => {
    const bodies = new Bodies();
    for (let n = 0; n < 100; n++) bodies.put(`r${n}`, text(250_000));
    expect(bodies.take('r0')).toEqual(text(250_000));
    expect(bodies.take('r63')).toEqual(text(250_000));
    expect(bodies.take('r64')).toEqual(TOO_LARGE);
    expect(bodies.take('r99')).toEqual(TOO_LARGE);
    bodies.put('later', text(250_000));
    expect(bodies.take('later')).toEqual(text(250_000));
    expect(bodies.take('later')).toBeNull();
  });

  it('are of the latest requests: of some, no end is told', () => {
    const bodies = new Bodies();
    for (let n = 0; n < 5_000; n++) bodies.put(`r${n}`, text(10_000));
    expect(bodies.take('r2999')).toBeNull();
    expect(bodies.take('r4999')).toEqual(text(10_000));
    bodies.clear();
    for (let n = 0; n < 1_000; n++) bodies.put('one', text(200_000));
    expect(bodies.take('one')).toEqual(text(200_000));
  });
});

describe('what is held of a body that was observed', () => {
  it('a short one whole, of a long one that it is a token request’s', () => {
    const long = { name: 'client_assertion', value: 'x'.repeat(8_000) };
    const grant = { name: 'grant_type', value: 'authorization_code' };
    const isToken = { form: 'fields', fields: [{ name: 'grant_type', value: '' }] };
    expect(remainder(text(8_000))).toEqual(text(8_000));
    expect(remainder(text(8_001))).toEqual({ form: 'none' });
    expect(remainder({ form: 'fields', fields: [grant] })).toEqual({ form: 'fields', fields: [grant] });
    expect(remainder({ form: 'fields', fields: [grant, long] })).toEqual(isToken);
    const json = JSON.stringify({ grant_type: 'refresh_token', refresh_token: 'x'.repeat(8_000) });
    expect(remainder({ form: 'text', mediaType: '', text: json })).toEqual(isToken);
  });
});
