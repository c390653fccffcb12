// What the readable parts of an export may tell: the world by profile, and words where they are opened.
import type { Analysis, DataRequest, ExportProfile, Instant, World } from '#libs/domain';
import { declined } from '#libs/domain';

export interface Telling {
  world: World;
  now: Instant;
  profile: ExportProfile;
  /** Opened words by commitment. */
  texts: Map<string, string>;
  outputs: readonly { path: string; bytes: Uint8Array }[];
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
