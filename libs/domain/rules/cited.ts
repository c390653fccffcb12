// What a record says it rests on has to be there: ids of this project, whatever they name.
import { withId } from '../listed';
import { refuse } from '../refusal';
import type { Refusal } from '../refusal';
import type { ProjectState } from '../state';

/**
 * Ids are numbered from counters, so an id was given out exactly if its number is not above its kind's counter;
 * the register of evidence, which programmes keep too, numbers its own.
 */
const wasGiven = ({ counters, evidence }: ProjectState, id: string): boolean => {
  if (withId(evidence, id)) return true;
  const [, kind, number] = /^([a-z]+)([1-9]\d*)$/.exec(id) ?? [];
  return kind !== undefined && Number(number) <= (counters[kind] ?? 0);
};

/** A refusal naming the ids this project never gave out, or null. */
export function neverGiven(project: ProjectState, ids: string[]): { ok: false; refusal: Refusal } | null {
  const unknown = ids.filter((id) => !wasGiven(project, id));
  return unknown.length === 0
    ? null
    : refuse(
        'INVALID',
        'UNKNOWN_CITATION',
        `this project has nothing of that id: ${unknown.join(', ')}`,
        'cite what is recorded in this project',
      );
}
