import { once } from 'node:events';
import { createServer } from 'node:net';
import { expect, it } from 'vitest';
import { startLabOn } from './lab-on-port.ts';

it('takes a free port where the wanted one is taken', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  const address = other.address();
  const taken = typeof address === 'object' && address !== null ? address.port : 0;
  const lab = await startLabOn(taken);
  expect(lab.port).not.toBe(taken);
  expect((await lab.fetch(`${lab.origins.app}/`)).status).toBe(200);
  await lab.close();
  other.close();
});
