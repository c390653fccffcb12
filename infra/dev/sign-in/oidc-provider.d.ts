// The part of oidc-provider that the development provider uses; the package brings no types.
declare module 'oidc-provider' {
  import type { IncomingMessage, ServerResponse } from 'node:http';

  interface Context {
    oidc: {
      result?: { login?: { accountId: string } };
      client: { clientId: string };
      session: { accountId: string };
      provider: Provider;
    };
  }

  interface Grant {
    addOIDCScope(scope: string): void;
    save(): Promise<string>;
  }

  export default class Provider {
    constructor(issuer: string, configuration: Record<string, unknown>);
    Grant: new (of: { clientId: string; accountId: string }) => Grant;
    callback(): (request: IncomingMessage, response: ServerResponse) => Promise<void>;
    interactionDetails(request: IncomingMessage, response: ServerResponse): Promise<{ uid: string }>;
    interactionFinished(
      request: IncomingMessage,
      response: ServerResponse,
      result: { login: { accountId: string } },
    ): Promise<void>;
  }

  export namespace interactionPolicy {
    class Check {
      static readonly REQUEST_PROMPT: unknown;
      static readonly NO_NEED_TO_PROMPT: unknown;
      constructor(reason: string, description: string, check: (context: Context) => unknown);
    }
    function base(): { get(prompt: string): { checks: { add(check: Check): void } } };
  }
}
