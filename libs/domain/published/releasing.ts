// Proposing a release with published data in it: alone on its own way (B23), beside a holder's data as a linked release.
import { refuse } from '../refusal';
import type { ProjectOnlyCommands } from '../commands';
import type { Answer, Context, Refused } from '../decide/context';
import { accept, atStage, nextId } from '../decide/context';
import { acceptedDeposit } from '../rules/requests';
import { tenureOf } from '../rules/roster';
import { currentQuestion } from '../rules/stages';
import type { Tier } from '../words';
import { importStatus, tierOf } from './rules';
import type { PublishedImport } from './terms';

type Found = { ok: true; imports: PublishedImport[] } | Refused;

/** The imports named, each with a file that conformed and no check against it. */
export function usableImports({ world, now }: Context, ids: string[]): Found {
  const imports: PublishedImport[] = [];
  for (const id of [...new Set(ids)]) {
    const found = world.project.imports[id];
    if (!found) return refuse('NOT_FOUND', 'UNKNOWN_IMPORT', `there is no import ${id}`, 'check the id');
    const status = importStatus(found, now);
    if (status === 'NOT_PERMITTED' || status === 'EXPIRED')
      return refuse('CONFLICT', 'LEGAL_CHECK', `the import ${id} is ${status}`, 'import another version');
    if (!acceptedDeposit(world.project, id))
      return refuse(
        'CONFLICT',
        'NO_DEPOSIT',
        `no file has been accepted for ${id}`,
        'whoever imports it hands the file over first',
      );
    imports.push(found);
  }
  return { ok: true, imports };
}

/** Beside a holder's data it is a linked release, which needs everything that data needs. */
export const notLinked = (tier: Tier): Refused | null =>
  tier === 'LINKED_DEIDENTIFIED'
    ? null
    : refuse(
        'INVALID',
        'LINKED',
        'published data beside a holder’s data is a linked release',
        'propose it as LINKED_DEIDENTIFIED, inside a boundary that allows linkage, or release the published data alone',
      );

/** Of published data alone: no boundary, no request round, wave 0. */
export function proposePublished(context: Context, command: ProjectOnlyCommands['ProposeRelease']): Answer {
  const at = atStage(context, 'dataRequest', ['OPEN', 'REOPENED']);
  if (!at.ok) return at;
  const { world, now } = context;
  const found = usableImports(context, command.imports ?? []);
  if (!found.ok) return found;
  const other = found.imports.find((each) => tierOf(each) !== command.tier);
  if (other)
    return refuse(
      'INVALID',
      'TIER',
      `import ${other.id} is ${tierOf(other)}, not ${command.tier}`,
      'published data is released as it was published',
    );
  const stranger = command.readers.find((reader) => tenureOf(world.programme, reader, now) === null);
  if (stranger !== undefined)
    return refuse(
      'INVALID',
      'UNKNOWN_READER',
      `${stranger} is not on the roster`,
      'name people of the programme',
    );
  if (command.expires <= now)
    return refuse('INVALID', 'EXPIRED', 'the release would have expired already', 'name a later instant');
  const imports = found.imports.map(({ id }) => id);
  return accept({
    type: 'ReleaseProposed',
    data: {
      ...command,
      ...{ release: nextId(context, 'rel'), cycle: at.cycle.id, requestRound: 0, wave: 0 },
      ...{
        requests: [],
        imports,
        deposits: imports.flatMap((id) => acceptedDeposit(world.project, id)?.id ?? []),
      },
      ...{ question: currentQuestion(world, at.cycle, now)?.id ?? '', boundary: '' },
    },
  });
}
