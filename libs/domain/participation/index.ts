// Who takes part in a project.
export * from './terms';
export * from './taking-part';
