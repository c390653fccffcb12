// Published rows beside a holder's (B23, B26): joined by the fields both have, such as the small area, since they name nobody.
import { refuse } from '../refusal';
import type { Refused } from '../decide/context';
import type { DataRequest, ProjectState, Release } from '../state';
import { fieldsOfSpec, suppliesOf } from './supplies';
import type { PublishedImport } from './terms';

/** What an import adds to a holder's rows in a linked release, and by which of their fields. */
export interface Beside {
  import: string;
  by: string[];
  adds: string[];
}

const beside = (id: string, published: string[], held: string[]): Beside => ({
  import: id,
  by: published.filter((field) => held.includes(field)),
  adds: published.filter((field) => !held.includes(field)),
});

/** Empty where a release is of published data alone, or of none. */
export function besideIn(project: ProjectState, release: Release): Beside[] {
  const supplies = suppliesOf(project, release);
  const held = supplies.filter(({ id }) => release.requests.includes(id)).flatMap((each) => each.delivered);
  if (held.length === 0) return [];
  return supplies
    .filter(({ id }) => release.imports?.includes(id))
    .map(({ id, delivered }) => beside(id, delivered, held));
}

/** Why an import cannot stand beside what was granted; null where each can. */
export function notJoinable(requests: DataRequest[], imports: PublishedImport[]): Refused | null {
  const held = requests.flatMap(({ answer }) => fieldsOfSpec(answer?.grant?.releaseAs));
  for (const { id, releaseAs } of imports) {
    const { by } = beside(id, fieldsOfSpec(releaseAs), held);
    const twice = by.find((field) => held.indexOf(field) !== held.lastIndexOf(field));
    if (releaseAs.level !== 'ROWS' || by.length === 0)
      return refuse(
        'INVALID',
        'NO_KEY',
        `the import ${id} has no rows with a field that the holders’ data has too, so nothing says what belongs to what`,
        'import it as rows of areas or organisations, and ask the holder for their codes under the same name',
      );
    if (twice !== undefined)
      return refuse(
        'INVALID',
        'NO_KEY',
        `the import ${id} would be joined by "${twice}", which several of the requests have`,
        'release the published data beside one of them, or ask for that field once',
      );
  }
  return null;
}
