// Boundaries: what is allowed at all, established by LEGAL and ETHICAL apart.
import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { boundaryInForce, registeredAs, roundAbout, roundStatus } from '#libs/domain';
import type { Boundary } from '#libs/domain';
import { signContent } from '#libs/ledger';
import { z } from 'zod';
import { FreeText, LocalId, ScopeField } from '../http/fields';
import { PageQuery, slice } from '../http/pages';
import { Calling, notFound, worldOf } from '../ledger/call';
import type { Call } from '../ledger/call';
import { Commands } from '../ledger/commands';
import { LedgerHandle } from '../ledger/handle';
import { signedLegalFile } from '../legal-files/signed';
import { Does, Shows } from '../policy/does';
import { pageOf } from '../http/shown';
import { BoundaryShown } from './shown';

export const ProposeBoundary = z.strictObject({
  scope: ScopeField,
  legalFile: LocalId.describe('The version of the legal file it is signed with.'),
  summary: FreeText,
});

@ApiTags('boundaries')
@Controller('projects/:project/boundaries')
export class BoundariesController {
  constructor(
    private readonly commands: Commands,
    private readonly handle: LedgerHandle,
  ) {}

  @Post()
  @Does('boundary.propose', 'Proposes a boundary, or the amendment of the present one')
  propose(
    @Calling() call: Call,
    @Param('project') project: string,
    @Body({ schema: ProposeBoundary }) { scope, legalFile, summary }: z.infer<typeof ProposeBoundary>,
  ) {
    return this.commands.onProject(call, project, async (world) => {
      // The file's words stand in what is signed, under the digest of its bytes.
      const signed = await signedLegalFile(this.handle.ledger, world, legalFile);
      const { content, contents } = signContent({ kind: 'BOUNDARY', scope, legalFile: signed }, { summary });
      const reference = { file: legalFile, digest: signed?.digest ?? '' };
      return { command: { type: 'ProposeBoundary', content, scope, legalFile: reference }, contents };
    });
  }

  @Get()
  @Shows('project.read', 'Lists the boundary’s versions', pageOf(BoundaryShown))
  list(@Calling() call: Call, @Query({ schema: PageQuery }) query: PageQuery) {
    const all = worldOf(call).project.boundaries;
    return slice(
      all.map((boundary) => boundaryView(call, boundary)),
      query,
    );
  }

  @Get(':boundary')
  @Shows('project.read', 'Shows a version of the boundary and where LEGAL and ETHICAL stand', BoundaryShown)
  show(@Calling() call: Call, @Param('boundary') id: string) {
    const found = worldOf(call).project.boundaries.find((b) => b.id === id);
    return boundaryView(call, found ?? notFound('boundary', id));
  }
}

function boundaryView(call: Call, boundary: Boundary) {
  const world = worldOf(call);
  const standing = (kind: 'LEGAL' | 'ETHICAL') => {
    const round = roundAbout(world.project.checkpoints, kind, boundary.id);
    return round === null ? null : roundStatus(world.programme, kind, round, call.now);
  };
  return {
    ...{
      id: boundary.id,
      amends: boundary.amends,
      content: boundary.content,
      scope: boundary.scope,
      at: boundary.at,
    },
    sources: boundary.scope.sources.map(({ source, holder }) => ({
      ...{ source, holder, registered: registeredAs(world.project, source, holder)?.id ?? null },
    })),
    legalFile: boundary.legalFile ?? null,
    ...{ legal: standing('LEGAL'), ethical: standing('ETHICAL') },
    inForce: boundaryInForce(world, call.now)?.id === boundary.id,
  };
}
