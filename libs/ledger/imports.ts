export type * from '#libs/domain';
export type LedgerTime = string;
