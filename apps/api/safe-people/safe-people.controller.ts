// Safe people: training, undertaking and interests of each person, without which no reader passes the gate (B54).
import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { safetyLacks, tenureOf } from '#libs/domain';
import { commitText } from '#libs/ledger';
import { z } from 'zod';
import { FreeText, InstantField, Line } from '../http/fields';
import { PageQuery, slice } from '../http/pages';
import { person, said } from '../http/said';
import { pageOf } from '../http/shown';
import { SafePersonShown } from '../http/shown-safeguards';
import { Calling, personOf, programmeOf } from '../ledger/call';
import type { Call } from '../ledger/call';
import { Commands } from '../ledger/commands';
import { Does, Shows } from '../policy/does';

export const Training = z.strictObject({ course: Line, completed: InstantField, expires: InstantField });
export const Undertaking = z.strictObject({
  text: FreeText.describe('The undertaking, in full, as it is signed.'),
  signedAs: Line.describe('Your name, typed.'),
});
export const Interests = z.strictObject({
  interests: FreeText.nullable().describe('Null: none to declare, which is a declaration too.'),
});

@ApiTags('safe people')
@Controller('programmes/:programme')
export class SafePeopleController {
  constructor(private readonly commands: Commands) {}

  @Post('people/:person/training')
  @Does('training.record', 'Records a training of somebody of your own organisation')
  training(
    @Calling() call: Call,
    @Param('programme') programme: string,
    @Param('person') id: string,
    @Body({ schema: Training }) { course: name, completed, expires }: z.infer<typeof Training>,
  ) {
    const course = commitText(name);
    const training = { course: course.commitment, completed, expires };
    const command = { type: 'RecordTraining', person: id, ...training } as const;
    return this.commands.decideOnProgramme(call, programme, () => ({ command, texts: [course] }), id);
  }

  @Post('undertaking')
  @Does('safety.declare', 'Signs the undertaking on the use of data, for yourself')
  undertake(
    @Calling() call: Call,
    @Param('programme') programme: string,
    @Body({ schema: Undertaking }) body: z.infer<typeof Undertaking>,
  ) {
    const [text, signedAs] = [commitText(body.text), commitText(body.signedAs)];
    const signed = { text: text.commitment, signedAs: signedAs.commitment };
    const command = { type: 'SignUndertaking', ...signed, assurance: 'ACCOUNT' } as const;
    const draft = { command, texts: [text, signedAs] };
    return this.commands.decideOnProgramme(call, programme, () => draft, personOf(call));
  }

  @Post('interests')
  @Does('safety.declare', 'Declares your interests, or that there are none')
  declare(
    @Calling() call: Call,
    @Param('programme') programme: string,
    @Body({ schema: Interests }) body: z.infer<typeof Interests>,
  ) {
    const interests = body.interests === null ? null : commitText(body.interests);
    const declared = interests?.commitment ?? null;
    const command = { type: 'DeclareInterests', interests: declared, assurance: 'ACCOUNT' } as const;
    const texts = interests === null ? [] : [interests];
    return this.commands.decideOnProgramme(call, programme, () => ({ command, texts }), personOf(call));
  }

  @Get('safe-people')
  @Shows(
    'programme.read',
    'Lists who is safe to read data, and what each still lacks',
    pageOf(SafePersonShown),
  )
  list(@Calling() call: Call, @Query({ schema: PageQuery }) query: PageQuery) {
    const programme = programmeOf(call);
    const present = Object.keys(programme.people).filter((id) => tenureOf(programme, id, call.now) !== null);
    return slice(
      present.map((id) => safetyView(call, id)),
      query,
    );
  }
}

/** Interests are read by the people of the programme, who rely on them; the operator only sees that they were declared. */
function safetyView(call: Call, id: string) {
  const programme = programmeOf(call);
  const { training, undertaking, interests } = programme.safety[id] ?? {};
  const isInsider = call.account.person !== null;
  return {
    ...{ ...person(programme, id), lacks: safetyLacks(programme, id, call.now) },
    training: training
      ? { course: said(training.course), completed: training.completed, expires: training.expires }
      : null,
    undertakenAt: undertaking?.at ?? null,
    interests: interests
      ? {
          at: interests.at,
          declared: isInsider ? said(interests.declared) : null,
          isNone: interests.declared === null,
        }
      : null,
  };
}
