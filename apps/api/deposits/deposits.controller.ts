// Deposits: the holder's file, encrypted while it arrives and never whole in memory; and the report of its check.
import { Body, Controller, Get, HttpCode, Inject, Param, Post, Put, Query, Req } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiTags } from '@nestjs/swagger';
import { reference } from '#libs/contracts';
import { depositStatus } from '#libs/domain';
import type { Deposit } from '#libs/domain';
import { commitText } from '#libs/ledger';
import { receiveDeposit } from '#libs/vault/deposit';
import type { Request } from 'express';
import { z } from 'zod';
import { PageQuery, slice } from '../http/pages';
import { person } from '../http/said';
import { announcedDigest, bodyOf } from '../http/upload';
import { Calling, notFound, worldOf } from '../ledger/call';
import type { Call } from '../ledger/call';
import { Commands } from '../ledger/commands';
import { LedgerHandle } from '../ledger/handle';
import { Does, Shows } from '../policy/does';
import { fail } from '../problems/problem';
import { SETTINGS } from '../settings';
import type { Settings } from '../settings';
import { mayDeposit, recordDeposit } from './depositing';
import { pageOf } from '../http/shown';
import { DepositShown, ReportShown } from './shown';

const KINDS = [
  'text/csv',
  'text/tab-separated-values',
  'application/vnd.apache.parquet',
  'application/octet-stream',
];

const ObjectionIn = z.strictObject({
  pseudonyms: z
    .array(z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_-]{15,63}$/, 'a pseudonym as it stands in the deposit'))
    .min(1)
    .max(1000)
    .refine((all) => new Set(all).size === all.length, 'names one twice')
    .describe('As they stand in the deposit: only the holder knows whose they are.'),
});

@ApiTags('deposits')
@Controller('projects/:project/deposits')
export class DepositsController {
  constructor(
    private readonly handle: LedgerHandle,
    private readonly commands: Commands,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  @Get()
  @Shows('project.read', 'Lists the deposits', pageOf(DepositShown))
  list(@Calling() call: Call, @Query({ schema: PageQuery }) query: PageQuery) {
    const all = Object.values(worldOf(call).project.deposits);
    return slice(
      all.map((deposit) => depositView(call, deposit)),
      query,
    );
  }

  @Get(':deposit')
  @Shows('project.read', 'Shows a deposit', DepositShown)
  show(@Calling() call: Call, @Param('deposit') id: string) {
    return depositView(call, worldOf(call).project.deposits[id] ?? notFound('deposit', id));
  }

  @Put(':deposit/file')
  @HttpCode(201)
  @ApiConsumes(...KINDS)
  @ApiBody({ required: true, schema: { type: 'string', format: 'binary' } })
  @Does('deposit.make', 'Deposits the file the holder granted, or that was published, as a stream')
  put(
    @Calling() call: Call,
    @Param('project') project: string,
    @Param('deposit') id: string,
    @Req() request: Request,
  ) {
    return this.receive(call, project, id, request);
  }

  @Post(':deposit/file')
  @ApiConsumes(...KINDS)
  @ApiBody({ required: true, schema: { type: 'string', format: 'binary' } })
  @Does('deposit.make', 'Deposits the file the holder granted, as a stream')
  post(
    @Calling() call: Call,
    @Param('project') project: string,
    @Param('deposit') id: string,
    @Req() request: Request,
  ) {
    return this.receive(call, project, id, request);
  }

  @Get(':deposit/report')
  @Shows('deposit.report', 'Shows what the check of the deposit found', ReportShown)
  async report(@Calling() call: Call, @Param('deposit') id: string) {
    const deposit = worldOf(call).project.deposits[id] ?? notFound('deposit', id);
    if (deposit.outcome === null) {
      fail(
        404,
        'NOT_CHECKED_YET',
        `The deposit ${id} is ${depositStatus(deposit)}; there is no report yet.`,
        'Ask again shortly.',
      );
    }
    const bytes = await this.handle.ledger.content(deposit.outcome.report);
    if (bytes === null)
      fail(404, 'ERASED', 'The report was erased.', 'The ledger keeps its digest and the outcome.');
    return { deposit: id, ...deposit.outcome, findings: JSON.parse(bytes.toString('utf8')) as unknown };
  }

  @Post(':deposit/objections')
  @Does(
    'objection.record',
    'Records that people object: releases with them close at once, and later ones leave them out',
  )
  object(
    @Calling() call: Call,
    @Param('project') project: string,
    @Param('deposit') deposit: string,
    @Body({ schema: ObjectionIn }) { pseudonyms }: z.infer<typeof ObjectionIn>,
  ) {
    const who = commitText(JSON.stringify(pseudonyms));
    const command = {
      ...({ type: 'RecordObjection', assurance: 'ACCOUNT' } as const),
      ...{ deposit, people: pseudonyms.length, who: who.commitment },
    };
    return this.commands.decideOnProject(call, project, () => ({ command, texts: [who] }));
  }

  private async receive(call: Call, project: string, id: string, request: Request) {
    const deposit = mayDeposit(call, id);
    if (/^application\/json/i.test(request.headers['content-type'] ?? '')) {
      fail(415, 'MEDIA_TYPE', 'A deposit is the file itself.', 'Send its bytes with Content-Type: text/csv.');
    }
    const sha256 = announcedDigest(request);
    const received = await receiveDeposit({
      ...{
        deposit: reference(project, id),
        stream: bodyOf(request),
        maxBytes: this.settings.maxDepositBytes,
        sha256,
      },
      ...{ recipientPublicKey: deposit.publicKey, vaultDir: this.settings.vaultDir },
    });
    return recordDeposit(this.commands, call, {
      ...{ project, deposit: id, vaultDir: this.settings.vaultDir, receipt: received },
    });
  }
}

function depositView(call: Call, deposit: Deposit) {
  const { id, request, publicKey, invitedAt, received, outcome, opened, destroyed } = deposit;
  return {
    ...{ id, request, publicKey, invitedAt, outcome, opened, destroyed, status: depositStatus(deposit) },
    received: received && {
      ...{ digest: received.digest, bytes: received.bytes, at: received.at },
      person: person(worldOf(call).programme, received.person),
    },
  };
}
