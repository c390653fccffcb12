// Exports: what is recorded of them, and what each profile shows (T6).
export * from './terms';
export * from './profiles';
