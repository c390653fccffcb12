// How a bare workflow spreads its steps over its waits: for the workflow, and for whoever waits with it.

/** What a bare workflow does: waits for a signal, activities with one insert each, `local` of them local. */
export interface Counted {
  waits: number;
  activities: number;
  local: number;
}

/** The steps that are done when this many waits have ended. */
export function stepsBy({ waits, activities, local }: Counted, wait: number): number {
  return Math.round(((activities + local) * wait) / waits);
}
