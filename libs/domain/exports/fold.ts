// What an export changes in a project's state: that there was one.
import type { Fold } from '../evolve/fold';
import type { ExportEvents, ExportState } from './terms';

export const noExports: ExportState = { exports: [] };

export const exportFolds: { [T in keyof ExportEvents]: Fold<T> } = {
  ProjectExported: (state, { export: id, profile, person }, { at }) => ({
    ...state,
    exports: [...state.exports, { id, profile, person, at }],
  }),
};
