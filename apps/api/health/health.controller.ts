// Whether this process lives, and whether it can do its work; readiness names what is missing.
import { access, constants } from 'node:fs/promises';
import { Controller, Get, Inject, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { SkipThrottle } from '@nestjs/throttler';
import type { Response } from 'express';
import { Progress } from '../analyses/progress';
import { LedgerHandle } from '../ledger/handle';
import { Public } from '../policy/does';
import { SETTINGS } from '../settings';
import type { Settings } from '../settings';

@ApiTags('health')
@SkipThrottle()
@Controller()
export class HealthController {
  constructor(
    private readonly handle: LedgerHandle,
    private readonly progress: Progress,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  @Get('healthz')
  @Public('Says that the process lives')
  alive() {
    return { alive: true };
  }

  @Get('readyz')
  @Public('Says whether the process can do its work, or names what is missing')
  async ready(@Res({ passthrough: true }) response: Response) {
    const [database, vault, temporal] = await Promise.all([
      this.database(),
      this.vault(),
      this.progress.isReachable(),
    ]);
    const missing = [...(database ? [] : ['database']), ...(vault ? [] : ['vault directory'])];
    response.status(missing.length === 0 ? 200 : 503);
    // Decisions are recorded without Temporal; only the progress of runs is not seen while it is away.
    return { ready: missing.length === 0, missing, degraded: temporal ? [] : ['temporal'] };
  }

  private async database(): Promise<boolean> {
    const found = this.handle.source.query('select 1 from parley.project_view limit 1').then(
      () => true,
      () => false,
    );
    return Promise.race([found, new Promise<false>((give) => setTimeout(give, 2_000, false).unref())]);
  }

  private vault(): Promise<boolean> {
    return access(this.settings.vaultDir, constants.W_OK).then(
      () => true,
      () => false,
    );
  }
}
