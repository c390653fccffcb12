// Published data: imported under what its publisher says, checked by the importing body's risk owner (B23, B52).
import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { checkersOf, importStatus, LEGAL_CHECK_OUTCOMES } from '#libs/domain';
import type { PublishedImport } from '#libs/domain';
import { commitText } from '#libs/ledger';
import { z } from 'zod';
import { DataSpecField, Digest, FreeText, InstantField, Line, LocalId } from '../http/fields';
import { PageQuery, slice } from '../http/pages';
import { organisation, person, said } from '../http/said';
import { pageOf } from '../http/shown';
import { Calling, notFound, worldOf } from '../ledger/call';
import type { Call } from '../ledger/call';
import { Commands } from '../ledger/commands';
import { Does, Shows } from '../policy/does';
import { ImportShown } from './shown';

export const ProposeImport = z.strictObject({
  source: LocalId.describe('The registered source, whose access is PUBLISHED.'),
  version: Line.describe('As read at the address; it has to be the register’s.'),
  licence: Line.describe('As read at the address; it has to be the register’s.'),
  digest: Digest.describe('SHA-256 of the publisher’s file: no other is taken in.'),
  ...{ depositAs: DataSpecField, releaseAs: DataSpecField },
  expires: InstantField.describe('When the copy here is destroyed.'),
});
export const LegalCheckIn = z.strictObject({
  outcome: z.enum(LEGAL_CHECK_OUTCOMES),
  text: FreeText.describe('What was checked: licence, purpose, whether anybody could be recognised.'),
});

@ApiTags('imports')
@Controller('projects/:project/imports')
export class ImportsController {
  constructor(private readonly commands: Commands) {}

  @Post()
  @Does('import.propose', 'Imports published data; its file follows as a deposit')
  propose(
    @Calling() call: Call,
    @Param('project') project: string,
    @Body({ schema: ProposeImport }) terms: z.infer<typeof ProposeImport>,
  ) {
    return this.commands.onProject(call, project, () => ({ command: { type: 'ProposeImport', ...terms } }));
  }

  @Get()
  @Shows('project.read', 'Lists the imports of published data', pageOf(ImportShown))
  list(@Calling() call: Call, @Query({ schema: PageQuery }) query: PageQuery) {
    return slice(
      Object.values(worldOf(call).project.imports).map((found) => importView(call, found)),
      query,
    );
  }

  @Get(':import')
  @Shows('project.read', 'Shows an import, its legal check and its file', ImportShown)
  show(@Calling() call: Call, @Param('import') id: string) {
    return importView(call, worldOf(call).project.imports[id] ?? notFound('import', id));
  }

  @Post(':import/legal-check')
  @Does('import.check', 'Records, as risk owner, that the data may be used; or, at any time, that it may not')
  check(
    @Calling() call: Call,
    @Param('project') project: string,
    @Param('import') id: string,
    @Body({ schema: LegalCheckIn }) { outcome, text: words }: z.infer<typeof LegalCheckIn>,
  ) {
    const text = commitText(words);
    const command = {
      ...({ type: 'RecordLegalCheck', import: id, outcome } as const),
      ...({ text: text.commitment, assurance: 'ACCOUNT' } as const),
    };
    return this.commands.decideOnProject(call, project, () => ({ command, texts: [text] }), id);
  }
}

function importView(call: Call, found: PublishedImport) {
  const world = worldOf(call);
  const { id, cycle, source, digest, depositAs, releaseAs, expires, at, file } = found;
  const status = importStatus(found, call.now);
  return {
    ...{ id, cycle, source, digest, depositAs, releaseAs, expires, at, status },
    name: world.project.sources[source]?.terms.name ?? source,
    file: { ...file, disclosureControl: said(file.disclosureControl) },
    person: person(world.programme, found.person),
    organisation: organisation(world.programme, found.organisation),
    checks: found.checks.map((check) => ({
      ...{ outcome: check.outcome, at: check.at, text: said(check.text) },
      person: person(world.programme, check.person),
    })),
    waitingFor:
      status === 'UNCHECKED'
        ? checkersOf(world, found, call.now).map((each) => person(world.programme, each))
        : [],
    deposits: Object.values(world.project.deposits)
      .filter((deposit) => deposit.request === id)
      .map((deposit) => deposit.id),
  };
}
