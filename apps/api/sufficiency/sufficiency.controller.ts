// Whether the data suffices for the question: where it stands, and revoking it.
import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { sufficiency } from '#libs/domain';
import { commitText } from '#libs/ledger';
import { z } from 'zod';
import { FreeText, LocalId } from '../http/fields';
import { person, said } from '../http/said';
import { Calling, worldOf } from '../ledger/call';
import type { Call } from '../ledger/call';
import { Commands } from '../ledger/commands';
import { Does, Shows } from '../policy/does';
import { SufficiencyShown } from './shown';

export const Revoke = z.strictObject({
  reason: FreeText,
  cites: z
    .array(LocalId)
    .max(50)
    .default([])
    .describe('What it rests on: a piece of evidence, an insight, a question.'),
});

@ApiTags('questions')
@Controller('projects/:project/sufficiency')
export class SufficiencyController {
  constructor(private readonly commands: Commands) {}

  @Get()
  @Shows(
    'project.read',
    'Shows whether the data suffices, by whose word, and every revocation',
    SufficiencyShown,
  )
  show(@Calling() call: Call) {
    const { programme, project } = worldOf(call);
    return {
      ...sufficiency(worldOf(call), call.now),
      revocations: project.revocations.map(({ because, version: _version, ...revocation }) => ({
        ...revocation,
        because: said(because),
        person: person(programme, revocation.person),
      })),
    };
  }

  @Post('revocations')
  @Does('sufficiency.revoke', 'Says that the data no longer suffices: no wave opens until it does again')
  revoke(
    @Calling() call: Call,
    @Param('project') project: string,
    @Body({ schema: Revoke }) { reason, cites }: z.infer<typeof Revoke>,
  ) {
    const because = commitText(reason);
    const command = { type: 'RevokeSufficiency', because: because.commitment, cites } as const;
    return this.commands.onProject(call, project, () => ({ command, texts: [because] }));
  }
}
