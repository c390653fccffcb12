// The API as a client sees it: plain fetch with a token.

export interface Answer<T = Record<string, unknown>> {
  status: number;
  headers: Headers;
  body: T;
}

export interface Made {
  id: string;
  receipt: { version: number; entries: { version: number; hash: string; type: string }[] };
}

export class ApiClient {
  constructor(
    readonly url: string,
    readonly token: string | null,
  ) {}

  async get<T = Record<string, unknown>>(path: string): Promise<Answer<T>> {
    return this.send<T>('GET', path);
  }

  async post<T = Record<string, unknown>>(path: string, body: unknown, headers: Record<string, string> = {}) {
    return this.send<T>('POST', path, JSON.stringify(body), {
      'content-type': 'application/json',
      ...headers,
    });
  }

  /** A command that is expected to succeed. */
  async make(path: string, body: unknown): Promise<Made> {
    const answer = await this.post<Made>(path, body);
    if (answer.status !== 201 && answer.status !== 202) {
      throw new Error(`POST ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
    }
    return answer.body;
  }

  /** A page that is expected to be there. */
  async see<T = Record<string, unknown>>(path: string): Promise<T> {
    const answer = await this.get<T>(path);
    if (answer.status !== 200)
      throw new Error(`GET ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
    return answer.body;
  }

  async send<T = Record<string, unknown>>(
    method: string,
    path: string,
    body?: string | Buffer,
    headers: Record<string, string> = {},
  ): Promise<Answer<T>> {
    const authorization = this.token === null ? {} : { authorization: `Bearer ${this.token}` };
    const response = await fetch(`${this.url}${path}`, {
      method,
      headers: { ...authorization, ...headers },
      ...(body === undefined ? {} : { body, duplex: 'half' }),
    });
    const text = await response.text();
    const isJson = /json/.test(response.headers.get('content-type') ?? '');
    return {
      status: response.status,
      headers: response.headers,
      body: (isJson && text !== '' ? JSON.parse(text) : text) as T,
    };
  }
}
