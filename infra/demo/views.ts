// As much of the API's answers as the demonstration reads.
import type { Missing } from './api';

export interface Named {
  readonly id: string;
  readonly name: string;
}

export interface Decision {
  readonly person: Named;
  readonly choice: string;
  readonly dissent: string | null;
  readonly version: number;
  readonly withdrawn: unknown;
}

export interface Checkpoint {
  readonly id: string;
  readonly kind: string;
  readonly current: {
    readonly round: number;
    readonly status: string;
    readonly subject: { readonly id: string };
    readonly content: { readonly core: string; readonly cover: string };
    readonly asked: readonly (Named & { readonly hasAnswered: boolean | null })[];
    readonly decisions: readonly Decision[];
  };
}

export interface Overview {
  readonly cycle: {
    readonly id: string;
    readonly stages: readonly { readonly stage: string; readonly status: string }[];
  } | null;
  readonly releases: readonly Release[];
  readonly moves: readonly {
    readonly what: string;
    readonly about: string;
    readonly who: readonly Named[];
  }[];
}

export interface Release {
  readonly id: string;
  readonly wave: number;
  readonly tier: string;
  readonly status: string;
  readonly gate: { readonly open: boolean; readonly missing?: readonly Missing[] } | null;
}

export interface Deposit {
  readonly id: string;
  readonly request: string;
  readonly status: string;
  readonly received: object | null;
  readonly outcome: { readonly accepted: boolean } | null;
}

export interface Finding {
  readonly rule?: string;
  readonly code?: string;
  readonly message?: string;
}

export interface Output {
  readonly core: string;
  readonly cover: string;
  readonly status: string;
  readonly result: string;
  readonly findings:
    | readonly {
        readonly id: string;
        readonly rule: string;
        readonly table: string;
        readonly verdict: 'review' | 'fail';
      }[]
    | null;
}
