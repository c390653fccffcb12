// When a form means something at all; whether its command is allowed is for the domain to say.
import { currentCycle, projectStatus } from '#libs/domain';
import type { World } from '#libs/domain';

export const isOpen = ({ project }: World): boolean => projectStatus(project) === 'ACTIVE';
export const isSuspended = ({ project }: World): boolean => projectStatus(project) === 'SUSPENDED';
export const isNotClosed = ({ project }: World): boolean => projectStatus(project) !== 'CLOSED';

/** A project that is going on, in a cycle. */
export const inCycle = (world: World): boolean => isOpen(world) && currentCycle(world.project) !== null;

const hasSome = ({ project }: World, of: (project: World['project']) => object): boolean =>
  Object.keys(of(project)).length > 0;

/** What is accounted for and published after a project has closed, too. */
export const afterwards =
  (of: (project: World['project']) => object) =>
  (world: World): boolean =>
    !isSuspended(world) && hasSome(world, of);

/** What is ended or given up whatever became of the project. */
export const ever =
  (of: (project: World['project']) => object) =>
  (world: World): boolean =>
    hasSome(world, of);

/** A project that is going on and has some of these. */
export const having =
  (of: (project: World['project']) => object) =>
  (world: World): boolean =>
    isOpen(world) && hasSome(world, of);
