// Ethical approvals: documents of a committee, with conditions and expiry.
import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { commitText } from '#libs/ledger';
import { z } from 'zod';
import { Because, FreeText, InstantField, Line } from '../http/fields';
import { PageQuery, slice } from '../http/pages';
import { Calling, worldOf } from '../ledger/call';
import type { Call } from '../ledger/call';
import { Commands } from '../ledger/commands';
import { Does, Shows } from '../policy/does';
import { EthicsShown } from '../boundaries/shown';
import { pageOf } from '../http/shown';

export const RecordEthics = z.strictObject({
  body: Line,
  reference: Line,
  conditions: FreeText.optional(),
  expires: InstantField,
});

@ApiTags('ethics')
@Controller('projects/:project/ethics')
export class EthicsController {
  constructor(private readonly commands: Commands) {}

  @Post()
  @Does('ethics.record', 'Records an ethical approval')
  record(
    @Calling() call: Call,
    @Param('project') project: string,
    @Body({ schema: RecordEthics }) input: z.infer<typeof RecordEthics>,
  ) {
    const [body, reference] = [commitText(input.body), commitText(input.reference)];
    const conditions = input.conditions === undefined ? null : commitText(input.conditions);
    return this.commands.onProject(call, project, () => ({
      command: {
        ...{ type: 'RecordEthics', body: body.commitment, reference: reference.commitment },
        ...{ conditions: conditions?.commitment ?? null, expires: input.expires },
      },
      texts: conditions === null ? [body, reference] : [body, reference, conditions],
    }));
  }

  @Get()
  @Shows('project.read', 'Lists the ethical approvals', pageOf(EthicsShown))
  list(@Calling() call: Call, @Query({ schema: PageQuery }) query: PageQuery) {
    return slice(worldOf(call).project.ethics, query);
  }

  @Post(':ethics/end')
  @Does('ethics.record', 'Records that an approval ended before its time')
  end(
    @Calling() call: Call,
    @Param('project') project: string,
    @Param('ethics') ethics: string,
    @Body({ schema: Because }) body: z.infer<typeof Because>,
  ) {
    const reason = commitText(body.reason);
    const command = { type: 'EndEthics', ethics, reason: reason.commitment } as const;
    return this.commands.onProject(call, project, () => ({ command, texts: [reason] }), ethics);
  }
}
