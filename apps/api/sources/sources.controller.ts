// The register of sources: what exists, who holds it, who is not in it, and how it would be come by.
import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { commitText } from '#libs/ledger';
import { z } from 'zod';
import { FreeText } from '../http/fields';
import { PageQuery, slice } from '../http/pages';
import { pageOf } from '../http/shown';
import { Calling, notFound, worldOf } from '../ledger/call';
import type { Call } from '../ledger/call';
import { Commands } from '../ledger/commands';
import { Does, Shows } from '../policy/does';
import { Source, termsOf } from './registering';
import { SourceShown } from './shown';
import { sourceView } from './source.view';

export const Revision = Source.extend({ reason: FreeText });

@ApiTags('sources')
@Controller('projects/:project/sources')
export class SourcesController {
  constructor(private readonly commands: Commands) {}

  @Post()
  @Does('source.register', 'Registers a source; whether it exists and is relevant is for the conversation')
  register(@Calling() call: Call, @Param('project') project: string, @Body({ schema: Source }) body: Source) {
    const { terms, texts } = termsOf(body);
    return this.commands.onProject(call, project, () => ({
      command: { type: 'RegisterSource', ...terms },
      texts,
    }));
  }

  @Post(':source/revisions')
  @Does('source.register', 'Describes a source anew, with a reason; what was said before stays')
  revise(
    @Calling() call: Call,
    @Param('project') project: string,
    @Param('source') source: string,
    @Body({ schema: Revision }) { reason, ...body }: z.infer<typeof Revision>,
  ) {
    const { terms, texts } = termsOf(body);
    const because = commitText(reason);
    const command = { type: 'ReviseSource', source, because: because.commitment, ...terms } as const;
    return this.commands.onProject(call, project, () => ({ command, texts: [...texts, because] }), source);
  }

  @Get()
  @Shows('project.read', 'Lists the register of sources', pageOf(SourceShown))
  list(@Calling() call: Call, @Query({ schema: PageQuery }) query: PageQuery) {
    const world = worldOf(call);
    return slice(
      Object.values(world.project.sources).map((source) => sourceView(world, source)),
      query,
    );
  }

  @Get(':source')
  @Shows('project.read', 'Shows a source with its earlier descriptions and what was said of it', SourceShown)
  show(@Calling() call: Call, @Param('source') id: string) {
    const world = worldOf(call);
    return sourceView(world, world.project.sources[id] ?? notFound('source', id));
  }
}
