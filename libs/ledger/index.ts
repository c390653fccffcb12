// The ledger: what was decided, by whom, on exactly what, and the few functions through which anything is added.
export { openLedger } from './open';
export type { LedgerOptions, OpenedLedger } from './open';
export { migrate, PROCESS_ROLES } from './migrate';
export { Refused } from './refused';
export { canonicalText } from '#libs/log';
export { commitText, contentOf, idFrom, newId, sha256, signContent } from './texts';
export { entryTexts, follow, recordedIn, START } from './entries';
export type { Place } from './entries';
export { destroyResultPart, keepResultPart, openResult } from './results';
export { evidenceProof, openEvidencePart, openEvidencePartByLink, storeEvidencePart } from './evidence';
export type { EvidenceAsked } from './evidence';
export * from './types';
export * from './views';
export { publicEntries, publicEntry } from './public-register';
export type { PublicEntry } from './public-register';
export * from './log';
export * from './audit';
