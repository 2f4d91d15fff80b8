import { describe, expect, it } from 'vitest';
import type { HttpExchange } from '../../src/core/model/exchange.ts';
import { ExchangeQueue } from '../../src/testing/exchange-queue.ts';
import { exchangeOf } from '../../src/testing/told-request.ts';

function exchange(id: string, status: number | null = null): HttpExchange {
  const request = { id, at: 0, method: 'GET', url: `https://api.example/${id}`, headers: [] };
  const response = status === null ? null : { status, headers: [], body: null, isBodyLost: false };
  return exchangeOf({ ...request, postData: null, resourceType: 'fetch', pageOrigin: null }, response);
}

function queue() {
  const taken: string[] = [];
  const told = new ExchangeQueue(({ id, response }, again) => {
    taken.push(`${id} ${response?.status ?? 'early'}${again ? ' again' : ''}`);
  });
  return { told, taken };
}

describe('requests', () => {
  it('are taken in the order in which they began, whatever the order of their answers', () => {
    const { told, taken } = queue();
    const [a, b, c] = ['a', 'b', 'c'].map((id) => told.begin(() => exchange(id)));
    c?.told(exchange('c', 200));
    b?.told(exchange('b', 201));
    expect(taken).toEqual([]);
    a?.told(exchange('a', 200));
    expect(taken).toEqual(['a 200', 'b 201', 'c 200']);
  });

  it('that are no exchange after all hold up nobody', () => {
    const { told, taken } = queue();
    const [a, b] = ['a', 'b'].map((id) => told.begin(() => exchange(id)));
    b?.told(exchange('b', 200));
    a?.dropped();
    a?.told(exchange('a', 200));
    expect(taken).toEqual(['b 200']);
  });

  it('that are not answered are taken as they began, and again when they are', () => {
    const { told, taken } = queue();
    const [a, b] = ['a', 'b'].map((id) => told.begin(() => exchange(id)));
    b?.told(exchange('b', 200));
    told.flush();
    a?.told(exchange('a', 204));
    expect(taken).toEqual(['a early', 'b 200', 'a 204 again']);
  });

  it('hold up no more than a thousand others', () => {
    const { told, taken } = queue();
    const endless = told.begin(() => exchange('endless'));
    for (let index = 0; index < 1_000; index++)
      told.begin(() => exchange(`${index}`)).told(exchange(`${index}`, 200));
    expect(taken).toHaveLength(1_001);
    expect(taken[0]).toBe('endless early');
    endless.told(exchange('endless', 200));
    expect(taken.at(-1)).toBe('endless 200 again');
  });

  it('that can be told of once more with more are taken again', () => {
    const { told, taken } = queue();
    const socket = told.begin(() => exchange('socket'));
    socket.told(exchange('socket'));
    socket.told(exchange('socket', 101));
    expect(taken).toEqual(['socket early', 'socket 101 again']);
  });
});

describe('waiting for the rest', () => {
  it('ends with the last answer', async () => {
    const { told, taken } = queue();
    const ticket = told.begin(() => exchange('a'));
    const settled = told.settled(60_000);
    ticket.told(exchange('a', 200));
    await settled;
    expect(taken).toEqual(['a 200']);
  });

  it('ends at once where nothing waits, and after its time where something does', async () => {
    const { told, taken } = queue();
    await told.settled(60_000);
    told.begin(() => exchange('a'));
    await told.settled(1);
    expect(taken).toEqual([]);
  });
});
