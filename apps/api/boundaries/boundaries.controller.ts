// Boundaries: what is allowed at all, established by LEGAL and ETHICAL apart.
import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { boundaryInForce, registeredAs, roundAbout, roundStatus } from '#libs/domain';
import type { Boundary } from '#libs/domain';
import { signContent } from '#libs/ledger';
import { z } from 'zod';
import { FreeText, InstantField, Line, OrganisationId, PersonId, TierField, Word } from '../http/fields';
import { PageQuery, slice } from '../http/pages';
import { Calling, notFound, worldOf } from '../ledger/call';
import type { Call } from '../ledger/call';
import { Commands } from '../ledger/commands';
import { Does, Shows } from '../policy/does';
import { BoundaryShown, pageOf } from '../http/shown';

const Scope = z.strictObject({
  purposes: z.array(Line).min(1).max(20),
  sources: z
    .array(z.strictObject({ source: Word, holder: OrganisationId, fields: z.array(Word).min(1).max(500) }))
    .min(1)
    .max(50),
  linkage: z.boolean(),
  tier: TierField,
  methods: z.array(Word).min(1).max(50),
  readers: z.array(PersonId).min(1).max(100),
  exposed: z.array(OrganisationId).max(100),
  retentionDays: z.int().min(1).max(36_500),
  expires: InstantField,
});
const LegalFile = z
  .strictObject({
    ...{ controllers: FreeText, legalPower: FreeText, lawfulBasis: FreeText, specialCategory: FreeText },
    ...{
      confidentiality: FreeText,
      impactAssessment: FreeText,
      sharingAgreement: FreeText,
      privacyNotice: FreeText,
    },
  })
  .describe('Each entry, or "not applicable, because …".');
const ProposeBoundary = z.strictObject({ scope: Scope, legalFile: LegalFile, summary: FreeText });

@ApiTags('boundaries')
@Controller('projects/:project/boundaries')
export class BoundariesController {
  constructor(private readonly commands: Commands) {}

  @Post()
  @Does('boundary.propose', 'Proposes a boundary, or the amendment of the present one')
  propose(
    @Calling() call: Call,
    @Param('project') project: string,
    @Body({ schema: ProposeBoundary }) { scope, legalFile, summary }: z.infer<typeof ProposeBoundary>,
  ) {
    const { content, contents } = signContent({ kind: 'BOUNDARY', scope, legalFile }, { summary });
    return this.commands.onProject(call, project, () => ({
      command: { type: 'ProposeBoundary', content, scope },
      contents,
    }));
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
    ...{ legal: standing('LEGAL'), ethical: standing('ETHICAL') },
    inForce: boundaryInForce(world, call.now)?.id === boundary.id,
  };
}
