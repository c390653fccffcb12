// Exports of a project: a zip that tells its whole story, and proves it to whoever has the log's key.
export { prepareExport, writeExport } from './bundle';
export type { Exporting, Prepared } from './bundle';
export { writeZip } from './zip';
export type { ExportFile } from './zip';
export { MANIFEST } from './manifest';
export type { Output } from './shown';
