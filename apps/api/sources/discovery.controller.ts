// The conversation that discovers sources: does it exist, is it relevant to this version of the question.
import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { DISCOVERY_CLAIMS } from '#libs/domain';
import { commitText } from '#libs/ledger';
import { z } from 'zod';
import { FreeText, LocalId } from '../http/fields';
import { PageQuery, slice } from '../http/pages';
import { pageOf } from '../http/shown';
import { Calling, worldOf } from '../ledger/call';
import type { Call } from '../ledger/call';
import { Commands } from '../ledger/commands';
import { Does, Shows } from '../policy/does';
import { DiscoveryShown } from './shown';
import { discoveryView } from './source.view';

export const Entry = z.strictObject({
  claim: z.enum(DISCOVERY_CLAIMS),
  source: LocalId.nullable().default(null),
  question: LocalId.nullable().default(null),
  text: FreeText,
});

@ApiTags('sources')
@Controller('projects/:project/discovery')
export class DiscoveryController {
  constructor(private readonly commands: Commands) {}

  @Post()
  @Does('discovery.record', 'Adds to the conversation: what exists, and what is relevant to which question')
  record(
    @Calling() call: Call,
    @Param('project') project: string,
    @Body({ schema: Entry }) { text: words, ...entry }: z.infer<typeof Entry>,
  ) {
    const text = commitText(words);
    const command = { type: 'RecordDiscovery', ...entry, text: text.commitment } as const;
    return this.commands.onProject(call, project, () => ({ command, texts: [text] }));
  }

  @Get()
  @Shows('project.read', 'Lists the conversation, oldest first', pageOf(DiscoveryShown))
  list(@Calling() call: Call, @Query({ schema: PageQuery }) query: PageQuery) {
    const world = worldOf(call);
    return slice(
      world.project.discovery.map((entry) => discoveryView(world, entry)),
      query,
    );
  }
}
