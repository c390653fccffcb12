// Whether the courier lives, and whether it can do its work; readiness names what is missing.
import { Controller, Get, Res } from '@nestjs/common';
import type { Response } from 'express';

/** What the courier needs, by the name readiness calls it; each rejects while it is missing. */
export class Needs {
  constructor(readonly probes: Readonly<Record<string, () => Promise<unknown>>>) {}
}

const PATIENCE_MS = 2_000;

@Controller()
export class HealthController {
  constructor(private readonly needs: Needs) {}

  @Get('healthz')
  alive(@Res() response: Response): void {
    response.json({ alive: true });
  }

  @Get('readyz')
  async ready(@Res() response: Response): Promise<void> {
    const names = Object.keys(this.needs.probes);
    const answers = await Promise.all(names.map((name) => answersInTime(this.needs.probes[name])));
    const missing = names.filter((_, index) => !answers[index]);
    response.status(missing.length === 0 ? 200 : 503).json({ ready: missing.length === 0, missing });
  }
}

async function answersInTime(probe: (() => Promise<unknown>) | undefined): Promise<boolean> {
  if (probe === undefined) return false;
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((give) => (timer = setTimeout(give, PATIENCE_MS, false)));
  const found = probe().then(
    () => true,
    () => false,
  );
  return Promise.race([found, late]).finally(() => clearTimeout(timer));
}
