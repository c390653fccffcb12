// Commands on the legal file: drafted in versions, advised on by the officer, gone against only by a risk owner with a reason.
import type { Context, Handler, Handlers, Refused } from '../decide/context';
import { accept, acting, nextId } from '../decide/context';
import { refuse } from '../refusal';
import type { BoundaryScope } from '../terms';
import type { OrganisationId, PersonId, Role } from '../words';
import { holdersOf } from '../rules/boundary';
import { incidentHandlers } from './incidents';
import { adviceStandingAgainst, flawsOfFile, missingParts, otherwise } from './rules';
import type { LegalCommands, LegalFile, LegalReference } from './terms';

const draftLegalFile: Handler<'DraftLegalFile'> = (context, command) => {
  const by = acting(context, ['projectLead', 'researcher', 'policyOfficial', 'informationRiskOwner']);
  if (!by.ok) return by;
  const flaws = flawsOfFile(context.world.programme, command, context.now);
  if (flaws.length > 0)
    return refuse('INVALID', 'LEGAL_FILE', flaws.join('; '), 'correct these parts and draft it again');
  return accept({ type: 'LegalFileDrafted', data: { file: nextId(context, 'lf'), ...command } });
};

type Latest = { ok: true; file: LegalFile } | Refused;
/** Advice and reasons are about the version that would be signed: the latest. */
function latest({ world }: Context, id: string): Latest {
  const files = world.project.legalFiles;
  if (!files.some((f) => f.id === id))
    return refuse('NOT_FOUND', 'UNKNOWN_LEGAL_FILE', `there is no legal file ${id}`, 'check the id');
  const file = files.at(-1);
  return file?.id === id
    ? { ok: true, file }
    : refuse('STALE', 'OLD_VERSION', `${id} has been replaced by ${file?.id}`, 'read the latest version');
}

type Speaking = { ok: true; file: LegalFile; person: PersonId; organisation: OrganisationId } | Refused;
/** Whoever holds the role speaks about the latest version, for an organisation whose data is inside. */
function speaking(context: Context, id: string, role: Role, inWords: string): Speaking {
  const by = acting(context, [role]);
  if (!by.ok) return by;
  const found = latest(context, id);
  if (!found.ok) return found;
  return holdersOf(found.file.scope).includes(by.organisation)
    ? { ...by, file: found.file }
    : refuse(
        'FORBIDDEN',
        'NOT_THEIR_DATA',
        `${inWords} speaks about their own organisation’s data`,
        `ask ${inWords} of an organisation whose data is inside`,
      );
}

const recordAdvice: Handler<'RecordAdvice'> = (context, command) => {
  const by = speaking(context, command.file, 'dataProtectionOfficer', 'a data protection officer');
  if (!by.ok) return by;
  const { person, organisation } = by;
  return accept({ type: 'AdviceRecorded', data: { ...command, person, organisation } });
};

const overrideAdvice: Handler<'OverrideAdvice'> = (context, command) => {
  const by = speaking(context, command.file, 'informationRiskOwner', 'a risk owner');
  if (!by.ok) return by;
  if (adviceStandingAgainst(by.file).length === 0)
    return refuse(
      'CONFLICT',
      'NOTHING_AGAINST',
      'no advice stands against proceeding',
      'nothing needs to be done',
    );
  return accept({ type: 'AdviceOverridden', data: { ...command, person: by.person } });
};

/** B53: why a boundary may not be put up for LEGAL with this file; null if it may. Projects of version 1 needed none. */
export function badLegalFile(
  { world }: Context,
  scope: BoundaryScope,
  reference: LegalReference | undefined,
) {
  const { legalFiles, rulesVersion } = world.project;
  if (rulesVersion < 2) return null;
  const file = legalFiles.at(-1);
  if (!file || !reference || file.id !== reference.file || file.digest !== reference.digest)
    return refuse(
      'CONFLICT',
      'LEGAL_FILE',
      'a boundary is signed with the latest version of its legal file',
      file ? `name ${file.id}, as it stands` : 'draft the legal file first',
    );
  const other = otherwise(file, scope);
  if (other.length > 0)
    return refuse(
      'CONFLICT',
      'LEGAL_FILE_OTHER_SCOPE',
      `${file.id} was written for another scope: ${other.join(', ')}`,
      'draft a version for this scope',
    );
  const lacking = missingParts(file);
  if (lacking.length > 0)
    return refuse(
      'CONFLICT',
      'LEGAL_FILE_INCOMPLETE',
      `${file.id} lacks ${lacking.join(', ')}`,
      'give each part, or say that it is not applicable, because …',
    );
  const against = adviceStandingAgainst(file);
  return against.length === 0
    ? null
    : refuse(
        'CONFLICT',
        'ADVICE_AGAINST',
        `the advice of ${against.join(', ')} is not to proceed`,
        'change the plan, or let a risk owner say why the advice is not followed',
      );
}

export const legalHandlers: Pick<Handlers, keyof LegalCommands> = {
  DraftLegalFile: draftLegalFile,
  RecordAdvice: recordAdvice,
  OverrideAdvice: overrideAdvice,
  ...incidentHandlers,
};
