// Asking a server again that is away for a moment, is starting, or asks for patience.
import { setTimeout as pause } from 'node:timers/promises';

const LONGEST_MS = 30_000;
const PAUSE_MS = 250;
const AWAY = new Set([502, 503, 504]);

/** The first answer that is one; the last failure when none came in time. */
export async function patiently(ask: () => Promise<Response>, isRepeatable = true): Promise<Response> {
  const deadline = Date.now() + LONGEST_MS;
  for (;;) {
    const [response, error] = await attempt(ask);
    const isLate = Date.now() > deadline;
    if (response && (isLate || !mayBeBetterLater(response, isRepeatable))) return response;
    if (error !== undefined && (isLate || !isRepeatable)) throw error;
    await response?.body?.cancel();
    await pause(waitOf(response));
  }
}

async function attempt(ask: () => Promise<Response>): Promise<[Response | undefined, Error | undefined]> {
  try {
    return [await ask(), undefined];
  } catch (error) {
    return [undefined, error as Error];
  }
}

const mayBeBetterLater = ({ status }: Response, isRepeatable: boolean): boolean =>
  status === 429 || (isRepeatable && AWAY.has(status));

function waitOf(response: Response | undefined): number {
  const seconds = Number(response?.headers.get('retry-after') ?? 'NaN');
  return Number.isFinite(seconds) && seconds > 0 ? seconds * 1000 : PAUSE_MS;
}

/** The answer with all of its body: a connection that breaks while the body comes is a failure like any other. */
export async function whole(response: Response): Promise<Response> {
  const { status, headers } = response;
  const body = await response.arrayBuffer();
  return new Response(status === 204 || status === 304 ? null : body, { status, headers });
}
