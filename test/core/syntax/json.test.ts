import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  member,
  numberMember,
  parseJson,
  parseJsonObject,
  stringMember,
  stringsMember,
  wordsMember,
} from '../../../src/core/syntax/json.ts';

const object = (text: string) => parseJsonObject(text) ?? {};

describe('parseJson', () => {
  it('is null for what is no JSON, and not for the JSON value null', () => {
    expect(parseJson('{')).toBeNull();
    expect(parseJson('')).toBeNull();
    expect(parseJson('null')).toEqual({ value: null });
  });

  it('reads 64 levels and refuses one more', () => {
    expect(parseJson('['.repeat(64) + ']'.repeat(64))).not.toBeNull();
    expect(parseJson('['.repeat(65) + ']'.repeat(65))).toBeNull();
  });

  it('counts no brackets inside strings, escaped quotes included', () => {
    expect(parseJson(JSON.stringify({ text: `\\"${'['.repeat(100)}` }))).not.toBeNull();
  });

  it('does not overflow on a million brackets', () => {
    expect(parseJson('['.repeat(1_000_000))).toBeNull();
    expect(parseJson('{"a":'.repeat(200_000))).toBeNull();
  });

  it('gives back whatever JSON.stringify wrote, and never throws', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 5 }), (value) => {
        expect(parseJson(JSON.stringify(value))).toEqual({ value: JSON.parse(JSON.stringify(value)) });
      }),
    );
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => void parseJson(text)));
  });
});

describe('parseJsonObject', () => {
  it.each(['[]', 'null', '1', '"a"', 'true'])('%s is no object', (text) => {
    expect(parseJsonObject(text)).toBeNull();
  });
});

describe('members', () => {
  it('are own members only: what every object inherits is not there', () => {
    for (const name of ['constructor', 'toString', '__proto__', 'hasOwnProperty']) {
      expect(member(object('{}'), name)).toBeUndefined();
      expect(stringMember(object('{}'), name)).toBeNull();
    }
  });

  it('may be named "__proto__" or "constructor" by an attacker, and are data then', () => {
    expect(stringMember(object('{"__proto__":"a","constructor":"b"}'), '__proto__')).toBe('a');
    expect(stringMember(object('{"__proto__":"a","constructor":"b"}'), 'constructor')).toBe('b');
  });

  it('an empty string says nothing', () => {
    expect(stringMember(object('{"sub":""}'), 'sub')).toBeNull();
    expect(stringsMember(object('{"aud":["",1,null,"a"]}'), 'aud')).toEqual(['a']);
  });

  it('an audience may be one string or an array of them (RFC 7519 §4.1.3)', () => {
    expect(stringsMember(object('{"aud":"a b"}'), 'aud')).toEqual(['a b']);
    expect(stringsMember(object('{"aud":["a","b"]}'), 'aud')).toEqual(['a', 'b']);
    expect(stringsMember(object('{"aud":{"0":"a"}}'), 'aud')).toEqual([]);
  });

  it('a scope may be words in a string, an array, or an array of such strings', () => {
    expect(wordsMember(object('{"scope":" openid  email "}'), 'scope')).toEqual(['openid', 'email']);
    expect(wordsMember(object('{"scope":["openid","a b"]}'), 'scope')).toEqual(['openid', 'a', 'b']);
  });

  it('a time is a finite number, and no string that looks like one', () => {
    expect(numberMember(object('{"exp":1.5}'), 'exp')).toBe(1.5);
    expect(numberMember(object('{"exp":1e999}'), 'exp')).toBeNull();
    expect(numberMember(object('{"exp":"1700000000"}'), 'exp')).toBeNull();
  });
});
