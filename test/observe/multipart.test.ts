import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { multipartFields } from '../../src/observe/multipart.ts';
import { textBody } from '../../src/observe/web-request.ts';

const body = (...parts: readonly string[]) =>
  [...parts.map((part) => `--b\r\n${part}\r\n`), '--b--\r\n'].join('');
const field = (name: string, value: string) =>
  `Content-Disposition: form-data; name="${name}"\r\n\r\n${value}`;
const json =
  'Content-Disposition: form-data; name="j"; filename="blob"\r\nContent-Type: application/json\r\n\r\n{"a":1}';
const picture =
  'Content-Disposition: form-data; name="p"; filename="a.png"\r\nContent-Type: image/png\r\n\r\n\u0089PNG';

describe('multipartFields', () => {
  it('reads fields and JSON, and leaves files out (RFC 7578 §4)', () => {
    expect(
      multipartFields('multipart/form-data; boundary=b', body(field('a', '1\r\n2'), json, picture)),
    ).toEqual([
      { name: 'a', value: '1\r\n2' },
      { name: 'j', value: '{"a":1}' },
    ]);
  });

  it.each(['multipart/form-data; charset=utf-8; boundary="b"', 'Multipart/Form-Data;Boundary=b', ''])(
    'finds the boundary of "%s"',
    (mediaType) => {
      expect(multipartFields(mediaType, body(field('a', 'b')))).toEqual([{ name: 'a', value: 'b' }]);
    },
  );

  it.each([
    ['', 'a=b'],
    ['', '--not-a-boundary\r\n'],
    ['application/json', body(field('a', 'b'))],
    ['multipart/form-data', body(field('a', 'b'))],
    ['multipart/form-data; boundary=b', ''],
  ])('a body of type "%s" that is no multipart form is none: %j', (mediaType, text) => {
    expect(multipartFields(mediaType, text)).toBeNull();
  });

  it('a part without a name or an end is left out', () => {
    expect(
      multipartFields(
        'multipart/form-data; boundary=b',
        body('a', 'Content-Type: a/b\r\n\r\nc', field('d', 'e')),
      ),
    ).toEqual([{ name: 'd', value: 'e' }]);
  });

  it('takes no time to speak of over headers without an end of their own', () => {
    const headers = `Content-Disposition: form-data; ${'; name="'.repeat(30_000)}`;
    expect(multipartFields('multipart/form-data; boundary=b', body(`${headers}\r\n\r\nvalue`))).toHaveLength(
      1,
    );
  });

  it('never throws', () => {
    const part = fc.oneof(
      fc.string(),
      fc.constantFrom('--b', '\r\n', 'content-disposition: form-data; name="', '"'),
    );
    fc.assert(
      fc.property(
        fc.array(part),
        fc.constantFrom('', 'multipart/form-data; boundary=b', 'multipart/x; boundary="'),
        (parts, type) => {
          void multipartFields(type, parts.join(''));
        },
      ),
    );
  });
});

describe('textBody', () => {
  it('of a multipart form is its fields', () => {
    expect(textBody('', body(field('id_token', 'x')))).toEqual({
      form: 'fields',
      fields: [{ name: 'id_token', value: 'x' }],
    });
  });

  it('that is a padded JWT is no form', () => {
    const text = 'eyJhbGciOiJub25lIn0=.e30=.c2ln';
    expect(textBody('', text)).toEqual({ form: 'text', mediaType: '', text });
  });
});
