// Read models: rows folded from the ledger, written with it, read through TypeORM entities that stay in this folder.
import { rebuildViews, writeViews } from './write';

export const views = { write: writeViews, rebuild: rebuildViews } as const;
export { programmeRows, projectRows, VIEW_TABLES } from './rows';
export type { ViewRow, ViewRows, ViewTable } from './rows';
export { rowsOf, viewChanges } from './write';
export type { Queryable, StreamState, ViewChanges } from './write';
export { VIEW_ENTITIES } from './entities';
export { programmes, projectsOf, streamsWaitingFor } from './read';
export type { Asker, Page, PageRequest, ProgrammeSummary, ProjectFilter, ProjectSummary } from './read';
