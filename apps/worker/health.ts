// Liveness and readiness over HTTP; readiness names what is missing.
import { createServer } from 'node:http';
import type { Server, ServerResponse } from 'node:http';

/** By name: resolves while the thing is there, and otherwise rejects. */
export type Checks = Readonly<Record<string, () => Promise<void>>>;

const CHECK_DEADLINE_MS = 2_000;

/** The names of the checks that fail now. */
export async function missing(checks: Checks): Promise<string[]> {
  const names = await Promise.all(
    Object.entries(checks).map(async ([name, check]) => {
      const late = new Promise<boolean>((resolve) =>
        setTimeout(() => resolve(false), CHECK_DEADLINE_MS).unref(),
      );
      const isThere = check().then(
        () => true,
        () => false,
      );
      return (await Promise.race([isThere, late])) ? [] : [name];
    }),
  );
  return names.flat();
}

/** `GET /healthz`: the process runs. `GET /readyz`: it can do its work, or 503 with the names of what is missing. */
export async function serveHealth(port: number, checks: Checks): Promise<Server> {
  const server = createServer((request, response) => {
    const path = request.url?.split('?')[0];
    if (path === '/healthz') return answer(response, 200, { status: 'alive' });
    if (path !== '/readyz') return answer(response, 404, { status: 'only /healthz and /readyz are here' });
    void missing(checks).then((names) =>
      names.length === 0
        ? answer(response, 200, { status: 'ready' })
        : answer(response, 503, { status: 'not ready', missing: names }),
    );
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, resolve);
  });
  return server;
}

function answer(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' });
  response.end(`${JSON.stringify(body)}\n`);
}
