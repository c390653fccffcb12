// A project's tempo: what a shock hastens, and what it never does.
export * from './terms';
export { hastened, reminderDue, tempoOf } from './haste';
export { byUrgency } from './order';
