// The account of earlier waves: what each gave and cost, per party, signed before a further one opens.
import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { signContent } from '#libs/ledger';
import { z } from 'zod';
import { FreeText, OrganisationId } from '../http/fields';
import { PageQuery, slice } from '../http/pages';
import { Calling, worldOf } from '../ledger/call';
import type { Call } from '../ledger/call';
import { Commands } from '../ledger/commands';
import { Does, Shows } from '../policy/does';
import { BenefitShown } from '../cycles/shown';
import { pageOf } from '../http/shown';

export const ProposeBenefit = z.strictObject({
  wave: z.int().min(2).max(1000).describe('The wave that is to open on this account.'),
  parties: z
    .array(z.strictObject({ organisation: OrganisationId, gave: FreeText, cost: FreeText }))
    .min(1)
    .max(100),
  summary: FreeText,
});

@ApiTags('benefits')
@Controller('projects/:project/benefits')
export class BenefitsController {
  constructor(private readonly commands: Commands) {}

  @Post()
  @Does('benefit.propose', 'Puts up for sign-off what earlier waves gave and cost')
  propose(
    @Calling() call: Call,
    @Param('project') project: string,
    @Body({ schema: ProposeBenefit }) { wave, parties, summary }: z.infer<typeof ProposeBenefit>,
  ) {
    const { content, contents } = signContent({ kind: 'BENEFIT', wave, parties }, { summary });
    return this.commands.onProject(call, project, () => ({
      command: { type: 'ProposeBenefit', wave, content },
      contents,
    }));
  }

  @Get()
  @Shows('project.read', 'Lists the accounts of earlier waves', pageOf(BenefitShown))
  list(@Calling() call: Call, @Query({ schema: PageQuery }) query: PageQuery) {
    const all = worldOf(call).project.benefits;
    return slice(
      all.map((benefit) => ({ id: String(benefit.wave), ...benefit })),
      query,
    );
  }
}
