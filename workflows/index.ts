// Everything that Temporal runs. The name a workflow is exported under is its type in recorded histories: never rename.
export { analysis } from './analysis';
export { checkpoint } from './checkpoint';
export { cycle } from './cycle';
export { programme } from './programme';
export { project } from './project';
export { release } from './release';
export { request } from './request';
