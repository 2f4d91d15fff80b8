import { describe, expect, it } from 'vitest';
import { contactOf } from '../../../src/core/learn/contact.ts';
import { Knowledge } from '../../../src/core/learn/knowledge.ts';
import { mayAsk, type PermissionFacts } from '../../../src/core/learn/permission.ts';
import { exchange } from '../../fixtures/exchange.ts';

type Contact = ReturnType<PermissionFacts['contact']>;

const asked = (issuer: string, told: Partial<PermissionFacts> & { readonly talked?: Contact } = {}) =>
  mayAsk(issuer, {
    isShown: told.isShown ?? false,
    isApproved: told.isApproved ?? false,
    contact: () => told.talked ?? 'none',
  });

const PRIVATE = [
  'https://10.0.0.1',
  'https://192.168.1.1:8443/realms/a',
  'https://172.16.0.1',
  'https://169.254.169.254',
  'https://100.64.0.1',
  'https://[fd00::1]',
  'https://[fe80::1]',
  'https://[::ffff:a00:1]',
  'https://intranet',
  'https://login.internal',
  'https://nas.local',
  'https://login.test',
];

const LOOPBACK = [
  'http://localhost:9000',
  'http://127.0.0.1:9000',
  'https://127.0.0.1',
  'http://[::1]:9000',
  'http://a.localhost',
];

describe('whether an issuer may be asked', () => {
  it('on the internet: where the traffic shows it, or a person said so', () => {
    expect(asked('https://login.example')).toBe('not_approved');
    expect(asked('https://login.example', { isShown: true })).toBe('granted');
    expect(asked('https://login.example', { isApproved: true })).toBe('granted');
  });

  it.each(PRIVATE)(
    'at %s: only where the page talked to it, and only then if it is shown or approved',
    (issuer) => {
      expect(asked(issuer, { isShown: true, isApproved: true })).toBe('private');
      for (const talked of ['elsewhere', 'loopback'] as const) {
        expect(asked(issuer, { talked })).toBe('not_approved');
        expect(asked(issuer, { talked, isShown: true })).toBe('granted');
        expect(asked(issuer, { talked, isApproved: true })).toBe('granted');
      }
    },
  );

  it.each(LOOPBACK)('at %s: only where a page of this machine talked to it', (issuer) => {
    const all = { isShown: true, isApproved: true };
    expect(asked(issuer, all)).toBe('private');
    expect(asked(issuer, { ...all, talked: 'elsewhere' })).toBe('private');
    expect(asked(issuer, { talked: 'loopback' })).toBe('not_approved');
    expect(asked(issuer, { talked: 'loopback', isShown: true })).toBe('granted');
  });

  it.each([
    'http://login.example',
    'http://10.0.0.1',
    'ftp://127.0.0.1',
    'https://a@login.example',
    'login.example',
    '',
  ])('at "%s": never, whatever anybody says', (issuer) => {
    const all = { isShown: true, isApproved: true, talked: 'loopback' } as const;
    expect(asked(issuer, all)).toBe('no_place');
  });
});

describe('whom a page talked to', () => {
  it.each([
    ['a page on the internet', 'https://app.example', 'subresource', false],
    ['a page of this machine', 'http://localhost:3000', 'subresource', true],
    ['a person, by its address', null, 'document', true],
    ['nobody knows who', null, 'subresource', false],
    ['a page of a private network', 'https://10.0.0.2', 'subresource', false],
  ] as const)('is learned of %s', (_who, initiator, destination, fromLoopback) => {
    for (const origin of ['http://127.0.0.1:9000', 'https://10.0.0.1'])
      expect(contactOf(exchange({ url: `${origin}/token?x#y`, initiator, destination }))).toMatchObject({
        learned: 'contact',
        origin,
        fromLoopback,
      });
  });

  it('is not learned of the internet, nor of what has no host', () => {
    for (const url of ['https://login.example/', 'data:text/plain,x', 'blob:https://10.0.0.1/x', 'nonsense'])
      expect(contactOf(exchange({ url }))).toBeNull();
  });

  it('counts for that very origin, and stays once it was a page of this machine', () => {
    const known = new Knowledge();
    const talk = (origin: string, fromLoopback: boolean) =>
      known.add({ learned: 'contact', origin, fromLoopback, learnedFrom: 'w1' });
    known.add({ learned: 'approval', issuer: 'http://127.0.0.1:9000/a' });
    talk('http://127.0.0.1:9001', true);
    talk('http://127.0.0.1:9000', false);
    expect(known.mayAsk('http://127.0.0.1:9000/a')).toBe('private');
    talk('http://127.0.0.1:9000', true);
    expect(known.mayAsk('http://127.0.0.1:9000/a')).toBe('granted');
    talk('http://127.0.0.1:9000', false);
    expect(known.mayAsk('http://127.0.0.1:9000/a')).toBe('granted');
    // Approved is an issuer, not all that is at its origin.
    expect(known.mayAsk('http://127.0.0.1:9000/b')).toBe('not_approved');
  });
});
