import { createHash } from 'node:crypto';
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { harEntry, harFile } from '../fixtures/har.ts';
import { zip } from '../fixtures/zip.ts';
import { aud, call, file, folder, ISSUER, idToken, login, report } from './command.ts';

const ANSWER = JSON.stringify({ access_token: 'an-opaque-token-1', token_type: 'Bearer', id_token: idToken });
const FORM =
  'grant_type=authorization_code&code=c&client_id=the-app&redirect_uri=https%3A%2F%2Fapp.example%2Fcb';
const nameOf = (text: string, ending: string) => `${createHash('sha1').update(text).digest('hex')}.${ending}`;

/** A token request as Playwright writes it with `content: 'attach'`: its bodies stand in files. */
function attached(answer: string, form: string): string {
  const type = 'application/x-www-form-urlencoded;charset=UTF-8';
  const request = { postData: { mimeType: type, text: '', params: [], _file: form } };
  const content = { size: ANSWER.length, mimeType: 'application/json', _file: answer };
  const sent = { method: 'POST', headers: { 'Content-Length': String(FORM.length), 'Content-Type': type } };
  return harFile([
    login(),
    harEntry({ url: `${ISSUER}/token`, ...sent, request, response: { content } }),
    call(idToken),
  ]);
}

const [ANSWER_FILE, FORM_FILE] = [nameOf(ANSWER, 'json'), nameOf(FORM, 'dat')];
const HAR = attached(ANSWER_FILE, FORM_FILE);
const FILES = { 'har.har': HAR, [ANSWER_FILE]: ANSWER, [FORM_FILE]: FORM };

/** Where the ID token was issued, by what the token response says. */
const issuedIn = ({ tokens }: Awaited<ReturnType<typeof report>>) =>
  tokens.find(({ kind }) => kind === 'id_token')?.issuedIn;

describe('bodies that Playwright attached', () => {
  it('are read from beside the HAR', async () => {
    const beside = join(folder, 'beside');
    await mkdir(beside);
    for (const [name, text] of Object.entries(FILES)) await writeFile(join(beside, name), text);
    const told = await report([join(beside, 'har.har')]);
    expect(issuedIn(told)).toBe('0.1');
    expect(told.coverage.unseen).toEqual([]);
  });

  it('are counted where they are not there', async () => {
    const alone = await report([await file('alone.har', HAR)]);
    expect(issuedIn(alone)).toBeNull();
    expect(alone.coverage.unseen).toEqual([{ reason: 'body_not_available', count: 2 }]);
  });

  it('are nothing else that a HAR names: no other file, no folder, no link', async () => {
    const place = join(folder, 'hostile');
    await mkdir(join(place, ANSWER_FILE), { recursive: true });
    await writeFile(join(place, 'answer.json'), ANSWER);
    const [link] = [nameOf('a link', 'json')];
    await symlink(join(place, 'answer.json'), join(place, link));
    for (const name of [
      'answer.json',
      '../hostile/answer.json',
      join(place, 'answer.json'),
      ANSWER_FILE,
      link,
    ]) {
      await writeFile(join(place, 'har.har'), attached(name, FORM_FILE));
      expect([name, issuedIn(await report([join(place, 'har.har')]))]).toEqual([name, null]);
    }
  });

  it.each([true, false])('are read out of an archive, with the HAR (deflated: %s)', async (isDeflated) => {
    const told = await report([await file('har.zip', zip(FILES, { isDeflated }))]);
    expect(told.complaints).toEqual([]);
    expect(issuedIn(told)).toBe('0.1');
  });
});

describe('an archive', () => {
  it.each([
    ['without a HAR', zip({ 'a.txt': 'a' }), 'it is an archive without a HAR'],
    ['of two', zip({ 'a.har': HAR, 'b.har': HAR }), 'it is an archive of several HARs: unpack it first'],
    ['that is cut off', zip(FILES).subarray(0, -30), "it is an archive that can't be read: unpack it first"],
  ])('%s is told of', async (_what, bytes, problem) => {
    const path = await file('odd.zip', bytes);
    expect(await aud(['audit', path])).toMatchObject({
      status: 2,
      complaints: [`aud-it: ${path}: ${problem}`],
    });
  });

  it('that is damaged anywhere is read or told of, and never more', async () => {
    const whole = zip(FILES);
    await fc.assert(
      fc.asyncProperty(fc.nat(whole.length - 1), fc.nat(255), async (at, byte) => {
        const bytes = Buffer.from(whole);
        bytes[at] = byte;
        const { status, complaints } = await aud(['audit', await file('damaged.zip', bytes)]);
        expect([0, 1, 2]).toContain(status);
        for (const line of complaints) expect(line).toMatch(/^aud-it: .*damaged\.zip/);
      }),
      { numRuns: 100 },
    );
  });
});

describe('standard input', () => {
  const given = (...pieces: readonly (string | Buffer)[]) => ({
    input: (async function* () {
      for (const piece of pieces) yield Buffer.from(piece);
    })(),
  });

  it.each([
    ['as it is', [HAR.slice(0, 100), HAR.slice(100)]],
    ['gzipped', [gzipSync(HAR)]],
  ])('is a file called -: %s', async (_how, pieces) => {
    const told = await report(['-'], given(...pieces));
    expect(told.complaints).toEqual([]);
    expect(told.session.name).toBe('standard input');
    expect(told.exchanges[0]?.entry).toMatchObject({ file: 'standard input', index: 0 });
  });

  it('is told of where it is empty, or an archive', async () => {
    expect((await aud(['audit', '-'])).complaints).toEqual(['aud-it: standard input:1:1: it is empty']);
    expect((await aud(['audit', '-'], given(zip(FILES)))).complaints).toEqual([
      'aud-it: standard input: it is an archive: give its file',
    ]);
  });

  it('may be a report, for merge too', async () => {
    const { out } = await aud(['audit', await file('a.har', HAR), '--format', 'json']);
    expect((await aud(['merge', '-'], given(out))).status).toBe(1);
  });
});
