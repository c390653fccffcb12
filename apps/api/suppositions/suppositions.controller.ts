// What the core team supposes where data was not obtained and no reason was stated; the holder may reply (B30).
import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { mayReadSupposition, mayReplyToSupposition, REFUSAL_REASONS } from '#libs/domain';
import type { Supposition } from '#libs/domain';
import { commitText } from '#libs/ledger';
import { z } from 'zod';
import { FreeText, LocalId } from '../http/fields';
import { PageQuery, slice } from '../http/pages';
import { person, said } from '../http/said';
import { pageOf } from '../http/shown';
import { SuppositionShown } from '../http/shown-negotiation';
import { Calling, personOf, worldOf } from '../ledger/call';
import type { Call } from '../ledger/call';
import { Commands } from '../ledger/commands';
import { Does, Shows } from '../policy/does';

export const Suppose = z.strictObject({
  request: LocalId,
  motive: z.enum(REFUSAL_REASONS).nullable().default(null),
  text: FreeText,
});
export const Reply = z.strictObject({ text: FreeText });

@ApiTags('suppositions')
@Controller('projects/:project/suppositions')
export class SuppositionsController {
  constructor(private readonly commands: Commands) {}

  @Post()
  @Does('motive.suppose', 'Records what you suppose, under your name; it never counts as the holder’s reason')
  suppose(
    @Calling() call: Call,
    @Param('project') project: string,
    @Body({ schema: Suppose }) { request, motive, text: words }: z.infer<typeof Suppose>,
  ) {
    const text = commitText(words);
    const command = { type: 'SupposeMotive', request, motive, text: text.commitment } as const;
    return this.commands.onProject(call, project, () => ({ command, texts: [text] }));
  }

  @Get()
  @Shows(
    'project.read',
    'Lists suppositions: in full for the core team, without their words for the holder they are about',
    pageOf(SuppositionShown),
  )
  list(@Calling() call: Call, @Query({ schema: PageQuery }) query: PageQuery) {
    return slice(
      worldOf(call).project.suppositions.flatMap((s) => suppositionView(call, s)),
      query,
    );
  }

  @Post(':supposition/replies')
  @Does('supposition.reply', 'Replies for the holder a supposition is about')
  reply(
    @Calling() call: Call,
    @Param('project') project: string,
    @Param('supposition') supposition: string,
    @Body({ schema: Reply }) body: z.infer<typeof Reply>,
  ) {
    const text = commitText(body.text);
    const command = {
      type: 'ReplyToSupposition',
      supposition,
      text: text.commitment,
      assurance: 'ACCOUNT',
    } as const;
    return this.commands.decideOnProject(call, project, () => ({ command, texts: [text] }), supposition);
  }
}

/** One view, or none for those whom it does not concern. */
function suppositionView(call: Call, supposition: Supposition) {
  const world = worldOf(call);
  const reader = personOf(call);
  const isOpen = mayReadSupposition(world, reader, call.now);
  if (!isOpen && !mayReplyToSupposition(world, supposition, reader, call.now)) return [];
  const { id, request, at, replies } = supposition;
  const author = person(world.programme, supposition.person);
  return [
    {
      ...{ id, request, at, isOpenToYou: isOpen, person: isOpen ? author : null },
      ...{ motive: isOpen ? supposition.motive : null, text: isOpen ? said(supposition.text) : null },
      replies: replies.map((r) => ({
        ...{ person: person(world.programme, r.person), text: said(r.text), at: r.at },
      })),
    },
  ];
}
