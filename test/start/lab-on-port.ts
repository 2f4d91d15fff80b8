import { type Lab, startLab } from '../lab/lab.ts';
import { Failure, firstLine } from './failure.ts';

/**
 * Starts the lab on a port, or on a free one where that port is taken: `lab.port` says which it became.
 *
 * @throws Failure when the port may not be used
 */
export async function startLabOn(port: number): Promise<Lab> {
  try {
    return await startLab({ port });
  } catch (error) {
    if (codeOf(error) === 'EADDRINUSE') return startLab();
    if (codeOf(error) === 'EACCES') throw new Failure(`Port ${port} may not be used; try another --port`, 2);
    throw new Failure(`The lab did not start: ${firstLine(error)}`);
  }
}

function codeOf(error: unknown): unknown {
  return typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
}
