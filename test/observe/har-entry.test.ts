import { describe, expect, it } from 'vitest';
import type { HttpExchange } from '../../src/core/model/exchange.ts';
import { harEntry, harFile, readHarText as read, type ToldEntry } from '../fixtures/har.ts';

function one(told: ToldEntry): HttpExchange | undefined {
  return read(harFile([harEntry(told)])).exchanges[0]?.exchange;
}

describe('an entry of a file tells', () => {
  it('what a page sent over a WebSocket, as Chromium records it', () => {
    const data = '{"type":"connection_init","payload":{"token":"x"}}';
    const _webSocketMessages = [
      { type: 'send', time: 1, opcode: 1, data },
      { type: 'receive', time: 2, opcode: 1, data },
    ];
    const entry = { _resourceType: 'websocket', _webSocketMessages };
    expect(one({ url: 'wss://api.example/ws', entry })?.sentMessages).toEqual([data]);
  });

  it('where a response redirects to, also where only HAR’s own member says so', () => {
    const redirectURL = 'https://app.example/cb#id_token=x';
    const response = { status: 302, headers: [], redirectURL, content: { size: 0, mimeType: '' } };
    expect(one({ url: 'https://as.example/', response })?.response?.headers).toEqual([
      { name: 'Location', value: redirectURL },
    ]);
    const headers = [{ name: 'location', value: '/a' }];
    expect(
      one({ url: 'https://as.example/', response: { ...response, headers } })?.response?.headers,
    ).toEqual(headers);
  });

  it.each([
    ['image', 'asset'],
    ['script', 'asset'],
    ['document', 'document'],
    ['xhr', 'subresource'],
  ])('of a resource of type "%s" that it is an %s', (_resourceType, destination) => {
    expect(one({ url: 'https://app.example/a', entry: { _resourceType } })?.destination).toBe(destination);
  });

  it('how long the answer took, where it says so', () => {
    expect(one({ url: 'https://as.example/', entry: { time: 7 } })?.response?.tookMs).toBe(7);
    for (const time of [-1, '7', undefined])
      expect(one({ url: 'https://as.example/', entry: { time } })?.response).not.toHaveProperty('tookMs');
  });

  it('the fields of a multipart form, of which files are left out', () => {
    const text = '--b\r\nContent-Disposition: form-data; name="id_token"\r\n\r\nx\r\n--b--\r\n';
    const postData = { mimeType: 'multipart/form-data; boundary=b', text };
    expect(one({ url: 'https://api.example/', request: { postData } })?.requestBody).toEqual({
      form: 'fields',
      fields: [{ name: 'id_token', value: 'x' }],
    });
  });
});
