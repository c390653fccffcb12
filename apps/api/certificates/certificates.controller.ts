// Certificates of destruction: what was seen when a deposit, a release or a result was destroyed, for whoever reads the project.
import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { certificateIn, DestructionCertificate } from '#libs/contracts/certificate';
import type { ProjectState } from '#libs/domain';
import { z } from 'zod';
import { PageQuery, slice } from '../http/pages';
import { Instant, pageOf } from '../http/shown';
import { Calling, notFound, worldOf } from '../ledger/call';
import type { Call } from '../ledger/call';
import { LedgerHandle } from '../ledger/handle';
import { Shows } from '../policy/does';
import { fail } from '../problems/problem';

const Listed = z.object({
  id: z.string().describe('The deposit, release or analysis that was destroyed.'),
  certificate: z.string().describe('SHA-256 of the certificate’s bytes, as the ledger holds it.'),
  at: Instant,
});
const CertificateShown = Listed.extend({ says: DestructionCertificate });

@ApiTags('certificates')
@Controller('projects/:project/certificates')
export class CertificatesController {
  constructor(private readonly handle: LedgerHandle) {}

  @Get()
  @Shows('project.read', 'Lists what was destroyed, the earliest first', pageOf(Listed))
  list(@Calling() call: Call, @Query({ schema: PageQuery }) query: PageQuery) {
    return slice(destroyedIn(worldOf(call).project), query);
  }

  @Get(':id')
  @Shows(
    'project.read',
    'Shows what was seen when this was destroyed, what is left, and until when backups may hold copies',
    CertificateShown,
  )
  async show(@Calling() call: Call, @Param('id') id: string) {
    const found = destroyedIn(worldOf(call).project).find((each) => each.id === id);
    if (!found) return notFound('certificate of the end of', id);
    const says = certificateIn(await this.handle.ledger.content(found.certificate));
    return says === null
      ? fail(404, 'ERASED', 'What the certificate said is not in the record.', 'The ledger keeps its digest.')
      : { ...found, says };
  }
}

const destroyedIn = ({ deposits, releases, analyses }: ProjectState): z.infer<typeof Listed>[] =>
  [...Object.values(deposits), ...Object.values(releases), ...Object.values(analyses)]
    .flatMap(({ id, destroyed }) => (destroyed ? [{ id, ...destroyed }] : []))
    .sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
