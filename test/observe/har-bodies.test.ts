import { describe, expect, it } from 'vitest';
import type { HttpBody } from '../../src/core/model/exchange.ts';
import { harEntry, harFile, readHarText as read } from '../fixtures/har.ts';

/** Longer than what is left in the entry while it is parsed. */
const FILL = 'x'.repeat(5_000);

function bodyOf(mimeType: string, text: string, encoding?: string): HttpBody | undefined {
  const content = { size: text.length, mimeType, text, ...(encoding === undefined ? {} : { encoding }) };
  const response = { status: 200, headers: [], cookies: [], content };
  const { exchanges } = read(harFile([harEntry({ url: 'https://a.example/', response })]));
  return exchanges[0]?.exchange.response?.body;
}

describe('a long body of an answer', () => {
  it.each([
    ['a JSON object', 'application/json', `{"a":"${FILL}"}`],
    ['a JSON object behind white space', 'application/json', `\n {"a":"${FILL}"}`],
    ['a JSON object behind a space of another alphabet', 'application/json', `\u00a0{"a":"${FILL}"}`],
    ['a JSON object that is called a document', 'text/html', `{"a":"${FILL}"}`],
    ['a signed answer', 'application/jwt', `eyJhbGciOiJSUzI1NiJ9.${FILL}.${FILL}`],
  ])('is read where it is %s', (_, mediaType, text) => {
    expect(bodyOf(mediaType, text)).toEqual({ form: 'text', mediaType, text });
  });

  it('is read where it is packed into base64', () => {
    const text = `{"a":"${FILL}"}`;
    expect(bodyOf('application/json', btoa(text), 'base64')).toMatchObject({ form: 'text', text });
  });

  it('is not held where it is a document: nobody learns from it', () => {
    expect(bodyOf('text/html', `<!doctype html>${FILL}`)).toEqual({ form: 'none' });
  });

  it('is counted where it is too large to be held, whatever it is', () => {
    const body = bodyOf('text/html', `<!doctype html>${FILL.repeat(60)}`);
    expect(body).toEqual({ form: 'unseen', reason: 'body_too_large' });
  });
});

describe('the body of a request', () => {
  it.each([
    ['that was left out (Playwright, content: omit) is counted', '12', 'body_not_available'],
    ['that is empty, whatever says so, is none', '0', null],
    ['without a length is none', null, null],
  ])('%s', (_, length, reason) => {
    const headers = length === null ? {} : { 'Content-Length': length };
    const request = { postData: { mimeType: 'text/plain', text: '', params: [] } };
    const { exchanges } = read(
      harFile([harEntry({ url: 'https://a.example/', method: 'POST', headers, request })]),
    );
    expect(exchanges[0]?.exchange.requestBody).toEqual(
      reason === null ? { form: 'none' } : { form: 'unseen', reason },
    );
  });
});
