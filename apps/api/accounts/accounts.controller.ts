// The caller's own account: who they are here, and what waits for them.
import { Body, Controller, Delete, Get, Header, HttpCode, Post, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { tenureOf } from '#libs/domain';
import { z } from 'zod';
import { DayTime, TimeZone } from '../http/fields';
import { organisation, said } from '../http/said';
import { Calling } from '../ledger/call';
import type { Call } from '../ledger/call';
import { LedgerHandle } from '../ledger/handle';
import { Changes, Shows } from '../policy/does';
import { PageQuery } from '../http/pages';
import { WaitingForMe } from './waiting';
import { pageOf } from '../http/shown';
import { AccountShown, MailShown, OwnMoveShown } from './shown';

const NewToken = z.strictObject({
  scopes: z
    .array(z.enum(['read', 'write']))
    .min(1)
    .max(2),
  days: z.int().min(1).max(365),
});
const Token = z.object({
  token: z.string().describe('Shown once.'),
  scopes: z.array(z.string()),
  days: z.int(),
});

const MailWished = z.strictObject({
  daily: z
    .strictObject({ at: DayTime, timeZone: TimeZone })
    .nullable()
    .describe(
      'Null: each request as it comes. What would leave less than two days to answer always comes at once.',
    ),
});

@ApiTags('accounts')
@Controller('accounts/me')
export class AccountsController {
  constructor(
    private readonly handle: LedgerHandle,
    private readonly waiting: WaitingForMe,
  ) {}

  @Get()
  @Shows('account.read', 'Shows who the token belongs to', AccountShown)
  show(@Calling() call: Call) {
    const { person, administrator, programme, scopes, expires } = call.account;
    const state = call.programme;
    const tenure = state && person ? tenureOf(state, person, call.now) : null;
    return {
      ...{ person, administrator, programme, scopes, expires },
      name: person ? said(state?.people[person]?.name) : null,
      roles: tenure?.roles ?? [],
      organisation: state && tenure ? organisation(state, tenure.organisation) : null,
    };
  }

  @Get('moves')
  @Shows(
    'account.read',
    'Lists what waits for you, in every project: those in a shock first, then what is due first',
    pageOf(OwnMoveShown),
  )
  async moves(@Calling() call: Call, @Query({ schema: PageQuery }) query: PageQuery) {
    if (call.account.person === null || call.programme === null) return { items: [], next: null };
    return this.waiting.list(call, query);
  }

  @Post('tokens')
  @Header('Cache-Control', 'no-store')
  @Changes(
    'account.tokens',
    'Makes a token from this one: never with more scopes, never for longer',
    201,
    Token,
  )
  async narrow(
    @Calling() call: Call,
    @Body({ schema: NewToken }) { scopes, days }: z.infer<typeof NewToken>,
  ) {
    return { token: await this.handle.credentials.narrow(call.secret, scopes, days), scopes, days };
  }

  @Get('mail')
  @Shows('account.read', 'Shows how requests to sign reach you by mail', MailShown)
  async mail(@Calling() call: Call) {
    const wish = await this.handle.credentials.mailWish(call.secret);
    return wish ?? { daily: null, isOwn: false };
  }

  @Put('mail')
  @HttpCode(204)
  @Changes('account.mail', 'Says how requests to sign reach you: as they come, or in one mail a day', 204)
  async wishMail(@Calling() call: Call, @Body({ schema: MailWished }) { daily }: z.infer<typeof MailWished>) {
    await this.handle.credentials.wishMail(call.secret, daily);
  }

  @Delete('token')
  @HttpCode(204)
  @Changes('account.tokens', 'Ends this token, now', 204)
  async end(@Calling() call: Call) {
    await this.handle.credentials.revoke(call.secret);
  }
}
