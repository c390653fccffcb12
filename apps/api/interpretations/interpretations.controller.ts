// Interpretations: anyone on the roster says what a result means, and how it could be misread.
import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { commitText } from '#libs/ledger';
import { z } from 'zod';
import { FreeText } from '../http/fields';
import { PageQuery, slice } from '../http/pages';
import { person, said } from '../http/said';
import { Calling, worldOf } from '../ledger/call';
import type { Call } from '../ledger/call';
import { Commands } from '../ledger/commands';
import { Does, Shows } from '../policy/does';
import { InterpretationShown } from '../cycles/shown';
import { pageOf } from '../http/shown';

export const AddInterpretation = z.strictObject({
  as: z.enum(['PRACTITIONER', 'RESEARCHER']),
  text: FreeText,
  misreading: FreeText.describe('How the result could be misread.'),
});

@ApiTags('interpretations')
@Controller('projects/:project/interpretations')
export class InterpretationsController {
  constructor(private readonly commands: Commands) {}

  @Post()
  @Does('interpretation.add', 'Adds an interpretation to the open cycle')
  add(
    @Calling() call: Call,
    @Param('project') project: string,
    @Body({ schema: AddInterpretation }) body: z.infer<typeof AddInterpretation>,
  ) {
    const [text, misreading] = [commitText(body.text), commitText(body.misreading)];
    const command = {
      type: 'AddInterpretation',
      as: body.as,
      text: text.commitment,
      misreading: misreading.commitment,
    } as const;
    return this.commands.onProject(call, project, () => ({ command, texts: [text, misreading] }));
  }

  @Get()
  @Shows('project.read', 'Lists the interpretations', pageOf(InterpretationShown))
  list(@Calling() call: Call, @Query({ schema: PageQuery }) query: PageQuery) {
    const { programme, project } = worldOf(call);
    return slice(
      project.interpretations.map(({ text, misreading, person: by, ...rest }) => ({
        ...rest,
        ...{ person: person(programme, by), text: said(text), misreading: said(misreading) },
      })),
      query,
    );
  }
}
