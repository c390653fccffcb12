// Handing a sign-off to a named colleague, and taking it back, with an account; the colleague answers by a link of their own.
import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { colleagues, longestUntil } from '#libs/domain';
import { commitText } from '#libs/ledger';
import { z } from 'zod';
import { InstantField, Line, PersonId } from '../http/fields';
import { person as named } from '../http/said';
import { Instant, Named } from '../http/shown';
import { Calling, notFound, programmeOf, streamOf } from '../ledger/call';
import type { Call } from '../ledger/call';
import { Commands } from '../ledger/commands';
import { Does, Shows } from '../policy/does';

const Round = z.int().positive().describe('The round that was read.');
const SignedAs = Line.describe('Your name, as you sign.');
export const Delegate = z.strictObject({
  round: Round,
  to: PersonId.describe('A colleague of your organisation who could fill your place: GET …/delegates.'),
  until: InstantField.optional().describe('Otherwise as long as the round and the agreement allow.'),
  signedAs: SignedAs,
});
export const TakeBack = z.strictObject({ round: Round, signedAs: SignedAs });
const Delegates = z.object({
  items: z.array(Named).describe('Empty where nothing of yours can be handed on.'),
  until: Instant.nullable().describe('The latest a delegation may stand.'),
});

@ApiTags('checkpoints')
@Controller(['projects/:project/checkpoints/:checkpoint', 'programmes/:programme/checkpoints/:checkpoint'])
export class DelegationsController {
  constructor(private readonly commands: Commands) {}

  @Get('delegates')
  @Shows('project.read', 'Lists the colleagues you could hand this sign-off to', Delegates)
  delegates(@Calling() call: Call, @Param('checkpoint') id: string) {
    const programme = programmeOf(call);
    const checkpoint = streamOf(call).checkpoints[id] ?? notFound('checkpoint', id);
    const round = checkpoint.rounds.at(-1);
    if (!round) return { items: [], until: null };
    const standing = { programme, project: call.world?.project ?? null, now: call.now };
    const found = colleagues(standing, { checkpoint, round, person: call.account.person ?? '' });
    return {
      items: found.map((colleague) => named(programme, colleague)),
      until: longestUntil(programme, round, call.now),
    };
  }

  @Post('delegations')
  @Does('answer.delegate', 'Hands your sign-off to a named colleague, who is mailed a link')
  delegate(
    @Calling() call: Call,
    @Param('checkpoint') checkpoint: string,
    @Body({ schema: Delegate }) { signedAs: name, until, ...given }: z.infer<typeof Delegate>,
  ) {
    const signedAs = commitText(name);
    const command = {
      ...({ type: 'DelegateSigning', assurance: 'ACCOUNT' } as const),
      ...{ checkpoint, ...given, until: until ?? null, signedAs: signedAs.commitment },
    };
    return this.commands.decideOnStream(call, { command, texts: [signedAs] }, checkpoint);
  }

  @Post('delegations/return')
  @Does('answer.delegate', 'Takes your sign-off back, while the colleague has not answered')
  takeBack(
    @Calling() call: Call,
    @Param('checkpoint') checkpoint: string,
    @Body({ schema: TakeBack }) { round, signedAs: name }: z.infer<typeof TakeBack>,
  ) {
    const signedAs = commitText(name);
    const command = {
      ...({ type: 'TakeBackDelegation', assurance: 'ACCOUNT' } as const),
      ...{ checkpoint, round, signedAs: signedAs.commitment },
    };
    return this.commands.decideOnStream(call, { command, texts: [signedAs] }, checkpoint);
  }
}
