import { describe, expect, it } from 'vitest';
import { fetchAnywhere } from '../../src/cli/fetch-anywhere.ts';
import { KeyFetcher } from '../../src/core/verify/key-fetcher.ts';
import { startLab } from '../lab/lab.ts';

describe('fetching by name', () => {
  it('reaches names below localhost, which systems may not resolve, and gets the keys of the lab', async () => {
    const lab = await startLab();
    try {
      const keys = await new KeyFetcher(fetchAnywhere, Date.now).keysOf(lab.origins.login, null);
      expect(keys).toMatchObject({ status: 'found', metadata: { issuer: lab.origins.login } });
      const url = `${lab.origins.login}/interaction/none`;
      expect((await fetchAnywhere(url)).status).toBe(400);
      expect(await (await fetchAnywhere(`http://127.0.0.1:${lab.port}/`)).text()).toContain(lab.origins.app);
    } finally {
      await lab.close();
    }
    await expect(fetchAnywhere(lab.origins.login)).rejects.toThrow('ECONNREFUSED');
  });
});
