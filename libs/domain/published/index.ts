// Published data: imports, their legal check, and what a release is made of.
export * from './terms';
export { checkersOf, importStatus, isImportOpen, isPublishedOnly, tierOf } from './rules';
export * from './supplies';
export { besideIn } from './joining';
