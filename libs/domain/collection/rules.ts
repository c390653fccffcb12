// Where a collection stands, what its data may be used for, and the caveat that travels with it (B19).
import type { DataRequest, ProjectState, Release, World } from '../state';
import type { Instant } from '../words';
import { boundaryInForce } from '../rules/boundary';
import type { AskedProvenance, Collection, CollectionStatus, Comparison } from './terms';

export function collectionStatus({ begun, responses, closes }: Collection, now: Instant): CollectionStatus {
  if (responses) return 'REPORTED';
  if (!begun) return 'PLANNED';
  return now < closes ? 'INVITING' : 'CLOSED';
}

export const fieldsOfInstrument = ({ instrument }: Pick<Collection, 'instrument'>): string[] =>
  instrument.flatMap((scale) => scale.fields);

/** Why nobody may be invited yet: LEGAL and ETHICAL have to be given afresh, on a boundary that knows of this collection. */
export function whyNotBegin(world: World, collection: Collection, now: Instant): string | null {
  const boundary = boundaryInForce(world, now);
  if (!boundary || boundary.at <= collection.at) return 'no boundary signed since it was planned is in force';
  const source = boundary.scope.sources.find(
    (s) => s.source === collection.source && s.holder === collection.collector,
  );
  if (!source) return `the boundary ${boundary.id} does not name the source "${collection.source}"`;
  const beyond = fieldsOfInstrument(collection).filter((field) => !source.fields.includes(field));
  if (beyond.length > 0) return `the boundary ${boundary.id} leaves out ${beyond.join(', ')}`;
  return collection.linkConsent !== null && !boundary.scope.linkage
    ? `the boundary ${boundary.id} allows no linkage`
    : null;
}

/** The latest collection of the source that a request asks for, if it was collected for this project. */
export const collectionOf = (project: ProjectState, { holder, ask }: DataRequest): Collection | null =>
  project.collections.findLast((c) => c.source === ask.source && c.collector === holder) ?? null;

export const provenanceOf = (project: ProjectState, request: DataRequest): AskedProvenance =>
  collectionOf(project, request) ? 'COLLECTED' : 'ADMINISTRATIVE';

/** Why rows of a collected source may not be deposited yet; null if they may, or were not collected. */
export function whyNotDeposit(project: ProjectState, request: DataRequest, now: Instant): string | null {
  const collection = collectionOf(project, request);
  if (!collection) return null;
  if (now < collection.leaveBy) return `people may still leave until ${collection.leaveBy}`;
  return collection.responses === null ? 'the responses have not been reported' : null;
}

/** Who answered, and how they differ from those who did not: said beside every result that used the source. */
export interface CollectionCaveat {
  collection: string;
  source: string;
  invited: number;
  responded: number;
  /** Between 0 and 1. */
  responseRate: number;
  linkConsented: number;
  left: number;
  compared: Comparison[];
}

export function collectionCaveats(project: ProjectState, release: Release): CollectionCaveat[] {
  const used = release.requests.flatMap((id) => {
    const request = project.requests[id];
    return (request && collectionOf(project, request)) ?? [];
  });
  return used.flatMap(({ id, source, invited, responses }) =>
    responses === null
      ? []
      : [
          {
            ...{ collection: id, source, invited, responded: responses.responded },
            responseRate: responses.responded / invited,
            ...{ linkConsented: responses.linkConsented, left: responses.left, compared: responses.compared },
          },
        ],
  );
}
