// The admissibility matrix: what may be used for what, who says so, who contests it, and what else rests on it.
import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  ACCURACIES,
  ADMISSIBILITIES,
  CHALLENGE_KINDS,
  GROUNDS,
  KNOWLEDGE_KINDS,
  REACTIONS,
  REACTION_STANDINGS,
  USES,
  WORTHS,
} from '#libs/domain';
import { commitText } from '#libs/ledger';
import { z } from 'zod';
import { DayField, FreeText, LocalId, PeriodField, SubpopulationField, Word } from '../http/fields';
import { PageQuery, slice } from '../http/pages';
import { person, said } from '../http/said';
import { pageOf } from '../http/shown';
import { Calling, notFound, worldOf } from '../ledger/call';
import type { Call } from '../ledger/call';
import { Commands } from '../ledger/commands';
import { Does, Shows } from '../policy/does';
import { placeView, ratingsView } from './matrix.view';
import { ConsiderationShown, PlaceShown, RatingShown } from './shown';

export const Open = z.strictObject({
  ...{ source: Word, field: Word, uses: z.array(z.enum(USES)).min(1).max(USES.length) },
  period: PeriodField.default({ from: null, to: null }),
  subpopulation: SubpopulationField.nullable().default(null),
});
export const Judge = z.strictObject({
  ...{ status: z.enum(ADMISSIBILITIES), ground: z.enum(GROUNDS), reason: FreeText },
  caveat: FreeText.nullable().default(null).describe('What every reader of a result has to know.'),
  seriesBreak: z.strictObject({ at: DayField, cause: FreeText }).nullable().default(null),
  answers: z.array(LocalId).max(50).default([]).describe('Open challenges this judgement answers.'),
  knowledge: z.array(LocalId).max(50).default([]).describe('Local knowledge it rests on.'),
});
export const Challenge = z.strictObject({
  ...{ kind: z.enum(CHALLENGE_KINDS), claim: FreeText, evidence: FreeText },
  against: LocalId.nullable().default(null).describe('The analysis it is raised against, if it is.'),
});
export const Knowledge = z.strictObject({ kind: z.enum(KNOWLEDGE_KINDS), text: FreeText });
export const Rate = z.strictObject({
  ...{ source: Word, field: Word, accuracy: z.enum(ACCURACIES), worth: z.enum(WORTHS), reason: FreeText },
});
export const React = z.strictObject({
  ...{ reaction: z.enum(REACTIONS), standing: z.enum(REACTION_STANDINGS), text: FreeText },
  evidence: FreeText.nullable().default(null),
});

@ApiTags('admissibility')
@Controller('projects/:project')
export class AdmissibilityController {
  constructor(private readonly commands: Commands) {}

  @Post('admissibility')
  @Does(
    'admissibility.speak',
    'Opens a place in the matrix: a field for some uses, a period, a subpopulation',
  )
  open(
    @Calling() call: Call,
    @Param('project') project: string,
    @Body({ schema: Open }) place: z.infer<typeof Open>,
  ) {
    return this.commands.onProject(call, project, () => ({
      command: { type: 'OpenAdmissibility', ...place },
    }));
  }

  @Get('admissibility')
  @Shows(
    'project.read',
    'Shows the matrix with judgements, challenges and what rests on each',
    pageOf(PlaceShown),
  )
  list(@Calling() call: Call, @Query({ schema: PageQuery }) query: PageQuery) {
    const world = worldOf(call);
    return slice(
      Object.values(world.project.matrix).map((entry) => placeView(world, entry, call.now)),
      query,
    );
  }

  @Get('admissibility/:place')
  @Shows('project.read', 'Shows one place of the matrix', PlaceShown)
  show(@Calling() call: Call, @Param('place') id: string) {
    const world = worldOf(call);
    return placeView(world, world.project.matrix[id] ?? notFound('place', id), call.now);
  }

  @Post('admissibility/:place/judgements')
  @Does('admissibility.speak', 'Judges a field for what the place says, on a ground')
  judge(
    @Calling() call: Call,
    @Param('project') project: string,
    @Param('place') place: string,
    @Body({ schema: Judge }) { reason, caveat, seriesBreak, ...judged }: z.infer<typeof Judge>,
  ) {
    const why = commitText(reason);
    const carried = caveat === null ? null : commitText(caveat);
    const cause = seriesBreak === null ? null : commitText(seriesBreak.cause);
    const broken = seriesBreak && cause ? { at: seriesBreak.at, cause: cause.commitment } : null;
    return this.commands.onProject(
      call,
      project,
      () => ({
        command: {
          ...{ type: 'JudgeAdmissibility', place, ...judged, reason: why.commitment },
          ...{ caveat: carried?.commitment ?? null, seriesBreak: broken },
        },
        texts: [why, carried, cause].filter((text) => text !== null),
      }),
      place,
    );
  }

  @Post('admissibility/:place/challenges')
  @Does(
    'admissibility.speak',
    'Challenges a field; whether before or after results were seen, the ledger says',
  )
  challenge(
    @Calling() call: Call,
    @Param('project') project: string,
    @Param('place') place: string,
    @Body({ schema: Challenge }) { kind, against, ...words }: z.infer<typeof Challenge>,
  ) {
    const [claim, evidence] = [commitText(words.claim), commitText(words.evidence)];
    return this.commands.onProject(call, project, () => ({
      command: {
        ...{ type: 'RaiseChallenge', place, kind, against },
        ...{ claim: claim.commitment, evidence: evidence.commitment },
      },
      texts: [claim, evidence],
    }));
  }

  @Post('admissibility/:place/knowledge')
  @Does('admissibility.speak', 'Adds local professional knowledge that fills a gap or corrects a record')
  knowledge(
    @Calling() call: Call,
    @Param('project') project: string,
    @Param('place') place: string,
    @Body({ schema: Knowledge }) body: z.infer<typeof Knowledge>,
  ) {
    const text = commitText(body.text);
    return this.commands.onProject(call, project, () => ({
      command: { type: 'AddLocalKnowledge', place, kind: body.kind, text: text.commitment },
      texts: [text],
    }));
  }

  @Post('field-ratings')
  @Does('admissibility.speak', 'Says how accurate a field is thought and how much it is valued')
  rate(
    @Calling() call: Call,
    @Param('project') project: string,
    @Body({ schema: Rate }) { reason: words, ...rated }: z.infer<typeof Rate>,
  ) {
    const reason = commitText(words);
    return this.commands.onProject(call, project, () => ({
      command: { type: 'RateField', ...rated, reason: reason.commitment },
      texts: [reason],
    }));
  }

  @Get('field-ratings')
  @Shows(
    'project.read',
    'Lists each field with how accurate it is thought and how much it is valued',
    pageOf(RatingShown),
  )
  ratings(@Calling() call: Call, @Query({ schema: PageQuery }) query: PageQuery) {
    return slice(ratingsView(worldOf(call)), query);
  }

  @Post('public-reactions')
  @Does(
    'admissibility.speak',
    'Records an expectation or a reservation of the public, evidenced or anticipated',
  )
  react(
    @Calling() call: Call,
    @Param('project') project: string,
    @Body({ schema: React }) { text: words, evidence: shown, ...reaction }: z.infer<typeof React>,
  ) {
    const text = commitText(words);
    const evidence = shown === null ? null : commitText(shown);
    return this.commands.onProject(call, project, () => ({
      command: {
        ...{ type: 'RecordPublicReaction', ...reaction, text: text.commitment },
        evidence: evidence?.commitment ?? null,
      },
      texts: [text, evidence].filter((each) => each !== null),
    }));
  }

  @Get('public-reactions')
  @Shows(
    'project.read',
    'Lists what the public is known or thought to expect and to fear',
    pageOf(ConsiderationShown),
  )
  reactions(@Calling() call: Call, @Query({ schema: PageQuery }) query: PageQuery) {
    const { programme, project } = worldOf(call);
    return slice(
      project.considerations.map(({ person: by, text, evidence, ...rest }) => ({
        ...{ ...rest, person: person(programme, by), text: said(text), evidence: said(evidence) },
      })),
      query,
    );
  }
}
