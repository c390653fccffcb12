// The one place that reads the environment: a typed configuration per kind of process.
export { ConfigurationError, readEnvironment, VARIABLES_OF } from './environment';
export type { Environment, ProcessKind } from './environment';
export { TASK_QUEUES } from './variables';
export type { TaskQueue, VariableName } from './variables';
