// Commands on published data: imported under what its publisher says, and checked by the importing body's risk owner.
import type { Context, Handler, Handlers, Refused } from '../decide/context';
import { accept, acting, atStage, nextId, underAgreement } from '../decide/context';
import { refuse } from '../refusal';
import { currentQuestion } from '../rules/stages';
import { notEstablished } from '../sources/requestable';
import type { RegisteredSource } from '../sources/terms';
import { checkersOf, IMPORTERS, importStatus } from './rules';
import type { ImportTerms, PublishedCommands, PublishedFile } from './terms';

const proposeImport: Handler<'ProposeImport'> = (context, { version, licence, ...terms }) => {
  const by = acting(context, IMPORTERS);
  if (!by.ok) return by;
  const under = underAgreement(context);
  if (!under.ok) return under;
  const at = atStage(context, 'dataRequest', ['OPEN', 'REOPENED']);
  if (!at.ok) return at;
  const { world, now } = context;
  const source = published(context, terms.source, { version, licence });
  if (!source.ok) return source;
  const question = currentQuestion(world, at.cycle, now)?.id ?? '';
  const obstacle =
    notEstablished(world.project, source.source, question) ?? badTerms(terms, now) ?? unchecked(context, by);
  if (obstacle) return obstacle;
  const { person, organisation } = by;
  return accept({
    type: 'ImportProposed',
    data: {
      ...{ import: nextId(context, 'imp'), cycle: at.cycle.id, ...terms },
      ...{ file: source.file, person, organisation },
    },
  });
};

type Found = { ok: true; source: RegisteredSource; file: PublishedFile } | Refused;
/** The registered source, if it is published and what was read at its address is what the register says. */
function published({ world }: Context, id: string, read: Pick<PublishedFile, 'version' | 'licence'>): Found {
  const source = world.project.sources[id];
  if (!source) return refuse('NOT_FOUND', 'UNKNOWN_SOURCE', `there is no source ${id}`, 'register it first');
  const { access } = source.terms;
  if (access.kind !== 'PUBLISHED')
    return refuse(
      'CONFLICT',
      'NOT_PUBLISHED',
      `${id} is ${access.kind}: it is not to be had at an address`,
      'ask its holder, or correct the register',
    );
  const { kind: _kind, ...file } = access;
  if (file.version !== read.version || file.licence !== read.licence)
    return refuse(
      'CONFLICT',
      'OTHER_VERSION',
      `the register has version "${file.version}" under "${file.licence}", not "${read.version}" under "${read.licence}"`,
      'revise the source first, so that everybody sees which version is used',
    );
  return { ok: true, source, file };
}

function badTerms({ depositAs, releaseAs, expires, digest }: ImportTerms, now: string): Refused | null {
  if (expires <= now)
    return refuse('INVALID', 'EXPIRED', 'the copy would have expired already', 'name a later instant');
  if (!/^[0-9a-f]{64}$/.test(digest))
    return refuse(
      'INVALID',
      'DIGEST',
      'this is no SHA-256 digest',
      'give 64 hexadecimal digits, in lower case',
    );
  const people = [...depositAs.fields, ...releaseAs.fields].some(({ type }) => type === 'pseudonym');
  return people
    ? refuse(
        'INVALID',
        'NOT_PUBLISHED',
        'published data names nobody, so it holds no pseudonym',
        'records of people are asked of their holder',
      )
    : null;
}

/** T3: what nobody could check is refused before it begins. */
function unchecked({ world, now }: Context, by: { person: string; organisation: string }): Refused | null {
  return checkersOf(world, by, now).length > 0
    ? null
    : refuse(
        'CONFLICT',
        'NO_RISK_OWNER',
        `nobody else of ${by.organisation} is risk owner, so nobody could check what it imports`,
        'its registrar attests one, or an organisation that has one imports the data',
      );
}

const recordLegalCheck: Handler<'RecordLegalCheck'> = (context, command) => {
  const by = acting(context, ['informationRiskOwner']);
  if (!by.ok) return by;
  const found = context.world.project.imports[command.import];
  if (!found)
    return refuse('NOT_FOUND', 'UNKNOWN_IMPORT', `there is no import ${command.import}`, 'check the id');
  if (found.organisation !== by.organisation)
    return refuse(
      'FORBIDDEN',
      'NOT_THEIR_IMPORT',
      'a risk owner checks what their own organisation imports',
      `ask the risk owner of ${found.organisation}`,
    );
  if (found.person === by.person)
    return refuse(
      'FORBIDDEN',
      'SELF_APPROVAL',
      'nobody checks what they imported',
      'another risk owner checks it',
    );
  const status = importStatus(found, context.now);
  if (status === 'NOT_PERMITTED' || status === command.outcome)
    return refuse(
      'CONFLICT',
      'ALREADY_CHECKED',
      `the import is ${status}`,
      status === 'PERMITTED' ? 'nothing needs to be done' : 'another version is another import',
    );
  return accept({ type: 'LegalCheckRecorded', data: { ...command, person: by.person } });
};

export const publishedHandlers: Pick<Handlers, keyof PublishedCommands> = {
  ProposeImport: proposeImport,
  RecordLegalCheck: recordLegalCheck,
};
