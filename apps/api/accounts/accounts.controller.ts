// The caller's own account: who they are here, and what waits for them.
import { Controller, Get } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { tenureOf } from '#libs/domain';
import { movesOf } from '#libs/ledger';
import { organisation, said } from '../http/said';
import { Calling } from '../ledger/call';
import type { Call } from '../ledger/call';
import { LedgerHandle } from '../ledger/handle';
import { Shows } from '../policy/does';

@ApiTags('accounts')
@Controller('accounts/me')
export class AccountsController {
  constructor(private readonly handle: LedgerHandle) {}

  @Get()
  @Shows('account.read', 'Shows who the token belongs to')
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
  @Shows('account.read', 'Lists what waits for you or your organisation, in every project')
  async moves(@Calling() call: Call) {
    const { person } = call.account;
    if (person === null || call.programme === null) return { items: [], next: null };
    const tenure = tenureOf(call.programme, person, call.now);
    return { items: await movesOf(this.handle.source, person, tenure?.organisation ?? ''), next: null };
  }
}
