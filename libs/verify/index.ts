// The verifier: exports and receipts, offline, in a process or in a browser, with the domain's rules and nothing else of the engine.
export { verifyBundle } from './bundle';
export { verifyReceipt } from './receipt';
export { LIMITS } from './archive';
export type { Limits } from './archive';
export type { Given } from './trust';
export { EXIT_CODE, verdictInWords } from './verdict';
export type { Outcome, Verdict } from './verdict';
export { SignedManifest, SignedResult } from './signed';
