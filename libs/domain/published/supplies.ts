// What a release is made of, granted and published data seen alike: which source, which of its fields.
import type { DataRequest, ProjectState, Release } from '../state';
import type { DataSpec } from '../terms';
import type { SourceTerms } from '../sources/terms';
import { registeredAs } from '../sources/discovered';
import type { PublishedImport } from './terms';

export interface Supply {
  /** The request or import. */
  id: string;
  /** The source's name, as boundaries, requests and the matrix name it. */
  source: string;
  /** What the register says of the source; null where it does not know it. */
  registered: SourceTerms | null;
  /** Every field asked for, granted or delivered. */
  named: string[];
  /** What the release really holds. */
  delivered: string[];
}

export const fieldsOfSpec = (spec: DataSpec | undefined): string[] =>
  spec ? [...spec.fields.map((field) => field.name), ...spec.dimensions, ...spec.sums] : [];

const ofRequest = (project: ProjectState, { id, holder, ask, answer }: DataRequest): Supply => {
  const delivered = fieldsOfSpec(answer?.grant?.releaseAs);
  const registered = registeredAs(project, ask.source, holder)?.terms ?? null;
  return {
    ...{ id, source: ask.source, registered, delivered },
    named: [...ask.fields, ...(answer?.grant?.fields ?? []), ...delivered],
  };
};

const ofImport = (project: ProjectState, { id, source, depositAs, releaseAs }: PublishedImport): Supply => {
  const registered = project.sources[source]?.terms ?? null;
  const delivered = fieldsOfSpec(releaseAs);
  return {
    ...{ id, source: registered?.name ?? source, registered, delivered },
    named: [...fieldsOfSpec(depositAs), ...delivered],
  };
};

export const suppliesOf = (project: ProjectState, { requests, imports = [] }: Release): Supply[] => [
  ...requests.flatMap((id) => {
    const request = project.requests[id];
    return request ? [ofRequest(project, request)] : [];
  }),
  ...imports.flatMap((id) => {
    const found = project.imports[id];
    return found ? [ofImport(project, found)] : [];
  }),
];

/** Of everything that was ever asked for or imported. */
export const allSupplies = (project: ProjectState): Supply[] => [
  ...Object.values(project.requests).map((request) => ofRequest(project, request)),
  ...Object.values(project.imports).map((found) => ofImport(project, found)),
];
