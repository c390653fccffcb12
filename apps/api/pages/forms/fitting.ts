// When a form means something at all; whether its command is allowed is for the domain to say.
import { currentCycle, projectStatus } from '#libs/domain';
import type { World } from '#libs/domain';

export const isOpen = ({ project }: World): boolean => projectStatus(project) === 'ACTIVE';
export const isSuspended = ({ project }: World): boolean => projectStatus(project) === 'SUSPENDED';
export const isNotClosed = ({ project }: World): boolean => projectStatus(project) !== 'CLOSED';

/** A project that is going on, in a cycle. */
export const inCycle = (world: World): boolean => isOpen(world) && currentCycle(world.project) !== null;

/** A project that is going on and has some of these. */
export const having =
  (of: (project: World['project']) => object) =>
  (world: World): boolean =>
    isOpen(world) && Object.keys(of(world.project)).length > 0;
