// The transparency log above the ledger's entries: canonical text, Merkle tree, tiles, signed tree heads. Pure.
export { canonicalText, isCanonical } from './canonical';
export { isPlainlyCanonical } from './plain';
export { createHash, sha256Base64, sha256Bytes, sha256Hex } from './digest';
export * from './encoding';
export * from './merkle';
export * from './tiles';
export * from './note';
export * from './checkpoint';
export * from './witness';
