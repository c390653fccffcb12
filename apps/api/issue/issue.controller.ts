// The issue behind the question: its dated profiles, and the narratives that compete over it.
import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { holderShown } from '#libs/domain';
import type { IssueProfile, Narrative } from '#libs/domain';
import { commitText } from '#libs/ledger';
import { z } from 'zod';
import { FreeText, RoleField } from '../http/fields';
import { PageQuery, slice } from '../http/pages';
import { person, said } from '../http/said';
import { pageOf } from '../http/shown';
import { Calling, worldOf } from '../ledger/call';
import type { Call } from '../ledger/call';
import { Commands } from '../ledger/commands';
import { Does, Shows } from '../policy/does';
import { perTrait, Profile, profilingOf } from './profiling';
import { IssueProfileShown, NarrativeShown } from './shown';

export const Tell = z.strictObject({
  heldAs: RoleField.describe('The role that holds it.'),
  isOwn: z.boolean().describe('Whether you hold it yourself; otherwise you report it.'),
  isNamed: z.boolean().default(false).describe('Whether you agree to be named as its holder.'),
  text: FreeText,
});
export const Naming = z.strictObject({ isNamed: z.boolean() });

@ApiTags('issue')
@Controller('projects/:project')
export class IssueController {
  constructor(private readonly commands: Commands) {}

  @Post('issue-profiles')
  @Does(
    'issue.profile',
    'Says how the issue is seen now: contested, urgent, open, risky, each with the reason',
  )
  profile(
    @Calling() call: Call,
    @Param('project') project: string,
    @Body({ schema: Profile }) body: z.infer<typeof Profile>,
  ) {
    return this.commands.onProject(call, project, () => profilingOf(body));
  }

  @Get('issue-profiles')
  @Shows('project.read', 'Lists the profiles of the issue by date', pageOf(IssueProfileShown))
  profiles(@Calling() call: Call, @Query({ schema: PageQuery }) query: PageQuery) {
    return slice(
      worldOf(call).project.profiles.map((profile) => profileView(call, profile)),
      query,
    );
  }

  @Post('narratives')
  @Does('narrative.tell', 'Tells a narrative, held by a role')
  tell(
    @Calling() call: Call,
    @Param('project') project: string,
    @Body({ schema: Tell }) { text: words, ...body }: z.infer<typeof Tell>,
  ) {
    const text = commitText(words);
    const command = { type: 'TellNarrative', ...body, text: text.commitment } as const;
    return this.commands.onProject(call, project, () => ({ command, texts: [text] }));
  }

  @Post('narratives/:narrative/naming')
  @Does('narrative.tell', 'Agrees to be named as the holder of your narrative, or takes that back')
  name(
    @Calling() call: Call,
    @Param('project') project: string,
    @Param('narrative') narrative: string,
    @Body({ schema: Naming }) { isNamed }: z.infer<typeof Naming>,
  ) {
    const command = { type: 'NameNarrative', narrative, isNamed } as const;
    return this.commands.onProject(call, project, () => ({ command }), narrative);
  }

  @Get('narratives')
  @Shows('project.read', 'Lists the narratives side by side', pageOf(NarrativeShown))
  narratives(@Calling() call: Call, @Query({ schema: PageQuery }) query: PageQuery) {
    return slice(
      worldOf(call).project.narratives.map((narrative) => narrativeView(call, narrative)),
      query,
    );
  }
}

function profileView(call: Call, { id, cycle, traits, person: by, at }: IssueProfile) {
  return {
    ...{ id, cycle, at, person: person(worldOf(call).programme, by) },
    ...perTrait((trait) => ({ degree: traits[trait].degree, because: said(traits[trait].because) })),
  };
}

function narrativeView(call: Call, narrative: Narrative) {
  const { programme } = worldOf(call);
  const holder = holderShown(programme, narrative, call.account.person, call.now);
  const { id, heldAs, isOwn, isNamed, at } = narrative;
  return {
    ...{ id, heldAs, isOwn, isNamed, at, text: said(narrative.text) },
    holder: holder === null ? null : person(programme, holder),
  };
}
