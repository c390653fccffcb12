// Parley's admin API as any program uses it: a token, JSON, problem details, and an Idempotency-Key on what is posted.
import { createHash } from 'node:crypto';
import { patiently, whole } from './patience';

/** RFC 9457, as Parley fills it. */
export interface Problem {
  readonly status: number;
  readonly rule?: string;
  readonly detail?: string;
  readonly remedy?: string;
  readonly missing?: readonly Missing[];
}

/** What a gate lacks, and whose move it is. */
export interface Missing {
  readonly rule: string;
  readonly reason: string;
  readonly names?: readonly string[];
  readonly since?: string | null;
}

export class ApiRefused extends Error {
  override readonly name = 'ApiRefused';

  constructor(
    what: string,
    readonly problem: Problem,
  ) {
    super(
      `${what}: ${problem.status} ${problem.rule ?? ''} ${problem.detail ?? ''} ${problem.remedy ?? ''}`.trim(),
    );
  }
}

export interface Done {
  readonly id: string;
}

export interface Progress {
  readonly event: string;
  readonly data: Readonly<Record<string, unknown>>;
}

export class Api {
  constructor(
    private readonly url: string,
    private readonly token: string,
    /** Names what is being done, so that doing it again after an interruption does it once. */
    private readonly deed: () => string = () => '',
  ) {}

  get<T>(path: string): Promise<T> {
    return this.call('GET', path, {});
  }

  /** A file's own text. */
  async text(path: string): Promise<string> {
    const response = await this.send('GET', path, {});
    if (!response.ok) throw await refused('GET', path, response);
    return response.text();
  }

  post<T = Done>(path: string, body: unknown): Promise<T> {
    const text = JSON.stringify(body);
    const deed = this.deed();
    const key = createHash('sha256').update(`${deed}\n${path}\n${text}`).digest('hex');
    const headers = {
      'content-type': 'application/json',
      ...(deed === '' ? {} : { 'idempotency-key': key }),
    };
    return this.call('POST', path, { headers, body: text });
  }

  /** An attempt that may be refused, and that may succeed another time: without a key. */
  attempt<T>(path: string, body: unknown): Promise<T> {
    return this.call('POST', path, {
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  }

  put<T = Done>(path: string, type: string, body: Uint8Array<ArrayBuffer>): Promise<T> {
    return this.call('PUT', path, { headers: { 'content-type': type }, body });
  }

  /** Follows server-sent events until the one that says it is over; a broken connection is made again. */
  async follow(path: string, tell: (progress: Progress) => void): Promise<void> {
    for (let isOver = false; !isOver;) {
      const headers = { accept: 'text/event-stream', authorization: `Bearer ${this.token}` };
      const response = await patiently(() => fetch(`${this.url}${path}`, { headers }));
      if (!response.ok || !response.body) throw await refused('GET', path, response);
      isOver = await told(response.body, tell).catch(() => false);
    }
  }

  private async call<T>(method: string, path: string, request: RequestInit): Promise<T> {
    const response = await this.send(method, path, request);
    if (!response.ok) throw await refused(method, path, response);
    return (await response.json()) as T;
  }

  /** Asks again when the server is away or asks for patience: what has a key, or only reads, happens once all the same. */
  private async send(method: string, path: string, request: RequestInit): Promise<Response> {
    const headers = { ...(request.headers as Record<string, string>), authorization: `Bearer ${this.token}` };
    const isRepeatable = method === 'GET' || method === 'POST';
    const ask = () => fetch(`${this.url}${path}`, { ...request, method, headers });
    return patiently(async () => whole(await ask()), isRepeatable);
  }
}

async function refused(method: string, path: string, response: Response): Promise<ApiRefused> {
  const text = await response.text();
  let problem: Partial<Problem> = {};
  try {
    problem = JSON.parse(text) as Partial<Problem>;
  } catch {
    problem = { detail: text.slice(0, 200) };
  }
  return new ApiRefused(`${method} ${path}`, { ...problem, status: response.status });
}

/** True once the event `end` has come. */
async function told(
  stream: NonNullable<Response['body']>,
  tell: (progress: Progress) => void,
): Promise<boolean> {
  let rest = '';
  for await (const chunk of stream.pipeThrough(new TextDecoderStream())) {
    const blocks = `${rest}${chunk}`.split('\n\n');
    rest = blocks.pop() ?? '';
    for (const progress of blocks.flatMap(eventIn)) {
      tell(progress);
      if (progress.event === 'end') return true;
    }
  }
  return false;
}

function eventIn(block: string): Progress[] {
  const lines = block.split('\n');
  const field = (name: string) =>
    lines
      .filter((line) => line.startsWith(`${name}:`))
      .map((line) => line.slice(name.length + 1).trim())
      .join('\n');
  const data = field('data');
  return data === ''
    ? []
    : [{ event: field('event') || 'message', data: JSON.parse(data) as Progress['data'] }];
}
