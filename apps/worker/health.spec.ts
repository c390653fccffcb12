// Liveness and readiness of the worker.
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { serveHealth } from './health';

describe('the health pages', () => {
  it('name what is missing, and say so when nothing is', async () => {
    let isThere = false;
    const check = () => (isThere ? Promise.resolve() : Promise.reject(new Error('down')));
    const server = await serveHealth(0, { database: () => Promise.resolve(), temporal: check });
    const at = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const get = async (path: string) => {
      const answer = await fetch(`${at}${path}`);
      return [answer.status, await answer.json()];
    };
    expect(await get('/healthz')).toEqual([200, { status: 'alive' }]);
    expect(await get('/readyz')).toEqual([503, { status: 'not ready', missing: ['temporal'] }]);
    isThere = true;
    expect(await get('/readyz')).toEqual([200, { status: 'ready' }]);
    expect(await get('/elsewhere')).toEqual([404, expect.anything()]);
    server.close();
    server.closeAllConnections();
    await once(server, 'close');
  });
});
