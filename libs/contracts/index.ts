// Names that cross process boundaries: workflow ids, task queues, signals, outbox kinds.

export const TASK_QUEUES = { default: 'parley-default', analysis: 'parley-analysis' } as const;

export const workflowId = {
  programme: (programme: string) => `programme/${programme}`,
  project: (project: string) => `project/${project}`,
  cycle: (project: string, cycle: string) => `cycle/${project}/${cycle}`,
  checkpoint: (stream: string, checkpoint: string, round: number) =>
    `checkpoint/${stream}/${checkpoint}/${round}`,
  request: (project: string, request: string) => `request/${project}/${request}`,
  release: (project: string, release: string) => `release/${project}/${release}`,
  analysis: (project: string, analysis: string) => `analysis/${project}/${analysis}`,
} as const;

/** The only signal: "the ledger of your stream has reached this version; read it". A hint, never a fact. */
export const WAKE_SIGNAL = 'wake';

/** The version of a wake that is news whatever was read: something beside the stream has changed. */
export const ANY_VERSION = Number.MAX_SAFE_INTEGER;

/** What a link lets its bearer do. */
export const LINK_PURPOSES = [
  'SIGN',
  'WITHDRAW',
  'ACCESS',
  'ANSWER',
  'DEPOSIT',
  'DEPOSIT_FILE',
  'COUNTERSIGN',
] as const;
export type LinkPurpose = (typeof LINK_PURPOSES)[number];

/** A global reference to something inside a stream: the name of its keys and objects in the vault. */
export const reference = (stream: string, id: string): string => `${stream}/${id}`;
