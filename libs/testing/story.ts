// A project's life in memory, for tests that read as stories: who is in it, telling it, how it begins and what follows.
export * from './cast';
export * from './telling';
export * from './beginning';
export * from './releasing';
