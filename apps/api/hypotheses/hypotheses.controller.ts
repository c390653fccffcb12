// Hypotheses: proposed by anyone, revised by their holders, tested by runs, with rivals and what became of each.
import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { FATES, STANCES, withId } from '#libs/domain';
import type { HypothesesCommands, ProjectCommand } from '#libs/domain';
import { z } from 'zod';
import { committed } from '../http/committed';
import { FreeText, LocalId } from '../http/fields';
import { PageQuery, slice } from '../http/pages';
import { pageOf } from '../http/shown';
import { Calling, notFound, worldOf } from '../ledger/call';
import type { Call } from '../ledger/call';
import { Commands } from '../ledger/commands';
import { Does, Shows } from '../policy/does';
import { HypothesisShown, hypothesisView } from './hypothesis.view';

export const Propose = z.strictObject({
  ...{ statement: FreeText, reason: FreeText.describe('What it would explain.') },
  rivals: z.array(LocalId).max(50).default([]).describe('Hypotheses that explain the same otherwise.'),
});
export const Revise = z.strictObject({ statement: FreeText, reason: FreeText });
export const Oppose = z.strictObject({ rival: LocalId, reason: FreeText });
export const Discuss = z.strictObject({ text: FreeText });
export const Decide = z.strictObject({ fate: z.enum(FATES), reason: FreeText });
export const Untestable = z.strictObject({ reason: FreeText });
export const Answer = z.strictObject({ stance: z.enum(STANCES), text: FreeText });

type Saying = keyof HypothesesCommands;

@ApiTags('hypotheses')
@Controller('projects/:project/hypotheses')
export class HypothesesController {
  constructor(private readonly commands: Commands) {}

  @Post()
  @Does('hypothesis.speak', 'Proposes a hypothesis, naming the rivals it has')
  propose(
    @Calling() call: Call,
    @Param('project') project: string,
    @Body({ schema: Propose }) body: z.infer<typeof Propose>,
  ) {
    return this.say(call, project, { type: 'ProposeHypothesis', ...body });
  }

  @Get()
  @Shows('project.read', 'Lists the hypotheses with versions, rivals and fate', pageOf(HypothesisShown))
  list(@Calling() call: Call, @Query({ schema: PageQuery }) query: PageQuery) {
    const world = worldOf(call);
    return slice(
      world.project.hypotheses.map((each) => hypothesisView(world, each, call.now)),
      query,
    );
  }

  @Get(':hypothesis')
  @Shows('project.read', 'Shows a hypothesis', HypothesisShown)
  show(@Calling() call: Call, @Param('hypothesis') id: string) {
    const world = worldOf(call);
    return hypothesisView(
      world,
      withId(world.project.hypotheses, id) ?? notFound('hypothesis', id),
      call.now,
    );
  }

  @Post(':hypothesis/versions')
  @Does('hypothesis.speak', 'Revises a hypothesis, by its holder; the version before is kept')
  revise(
    @Calling() call: Call,
    @Param('project') project: string,
    @Param('hypothesis') hypothesis: string,
    @Body({ schema: Revise }) body: z.infer<typeof Revise>,
  ) {
    return this.say(call, project, { type: 'ReviseHypothesis', hypothesis, ...body });
  }

  @Post(':hypothesis/rivals')
  @Does('hypothesis.speak', 'Declares two hypotheses rivals')
  oppose(
    @Calling() call: Call,
    @Param('project') project: string,
    @Param('hypothesis') hypothesis: string,
    @Body({ schema: Oppose }) body: z.infer<typeof Oppose>,
  ) {
    return this.say(call, project, { type: 'DeclareRivals', hypothesis, ...body });
  }

  @Post(':hypothesis/discussion')
  @Does('hypothesis.speak', 'Adds a word to the discussion of the present version')
  discuss(
    @Calling() call: Call,
    @Param('project') project: string,
    @Param('hypothesis') hypothesis: string,
    @Body({ schema: Discuss }) body: z.infer<typeof Discuss>,
  ) {
    return this.say(call, project, { type: 'DiscussHypothesis', hypothesis, ...body });
  }

  @Post(':hypothesis/fate')
  @Does('hypothesis.speak', 'Keeps a tested hypothesis, or drops one, with a reason')
  decide(
    @Calling() call: Call,
    @Param('project') project: string,
    @Param('hypothesis') hypothesis: string,
    @Body({ schema: Decide }) body: z.infer<typeof Decide>,
  ) {
    return this.say(call, project, { type: 'DecideHypothesis', hypothesis, ...body });
  }

  @Post(':hypothesis/untestable')
  @Does('hypothesis.speak', 'Records that the present version cannot be tested, and why')
  untestable(
    @Calling() call: Call,
    @Param('project') project: string,
    @Param('hypothesis') hypothesis: string,
    @Body({ schema: Untestable }) body: z.infer<typeof Untestable>,
  ) {
    return this.say(call, project, { type: 'FindUntestable', hypothesis, ...body });
  }

  @Post(':hypothesis/untestable/answer')
  @Does('hypothesis.speak', 'Its holder dissents from that, or accepts it')
  answer(
    @Calling() call: Call,
    @Param('project') project: string,
    @Param('hypothesis') hypothesis: string,
    @Body({ schema: Answer }) body: z.infer<typeof Answer>,
  ) {
    return this.say(call, project, { type: 'AnswerUntestable', hypothesis, ...body });
  }

  private say(call: Call, project: string, words: Extract<ProjectCommand, { type: Saying }>) {
    const acted = 'hypothesis' in words ? words.hypothesis : project;
    return this.commands.onProject(
      call,
      project,
      () => committed(words, 'statement', 'reason', 'text'),
      acted,
    );
  }
}
