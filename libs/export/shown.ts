// What the readable parts of an export may tell: the world by profile, and words where they are opened.
import type { Analysis, Audience, DataRequest, Evidence, ExportProfile, Instant, World } from '#libs/domain';
import { declined } from '#libs/domain';

/** A file of a released output. */
export interface Output {
  /** Below `outputs/`. */
  path: string;
  /** In bytes. */
  size: number;
  /** SHA-256, hex. */
  digest: string;
  /** Opened when its turn comes: all of them together may be large. */
  bytes: () => Promise<Uint8Array>;
}

export interface Telling {
  world: World;
  now: Instant;
  profile: ExportProfile;
  /** Opened words by commitment. */
  texts: Map<string, string>;
  /** Ids of the signed contents that are in the export. */
  contents: ReadonlySet<string>;
  outputs: readonly Pick<Output, 'path' | 'size'>[];
}

export const worded = ({ texts }: Pick<Telling, 'texts'>, commitment: string | null): string | null =>
  commitment === null ? null : (texts.get(commitment) ?? null);

/** T6: outside `auditor`, no request that was declined: it names who was asked. */
export function requestsShown({ world, profile }: Telling): DataRequest[] {
  const all = Object.values(world.project.requests);
  if (profile === 'auditor') return all;
  const hidden = new Set(declined(world).map(({ request }) => request));
  return all.filter(({ id }) => !hidden.has(id));
}

export const analysesShown = ({ world }: Telling): Analysis[] => Object.values(world.project.analyses);

const AUDIENCES: Record<ExportProfile, readonly Audience[]> = {
  auditor: ['CORE_TEAM', 'PARTNERS', 'PUBLIC'],
  partners: ['PARTNERS', 'PUBLIC'],
  public: ['PUBLIC'],
};

/** B7: evidence for those who read this profile. */
export const evidenceShown = ({ world: { programme, project }, profile }: Telling): Evidence[] =>
  [...programme.evidence, ...project.evidence].filter(({ audience }) =>
    AUDIENCES[profile].includes(audience),
  );
