// Exports: a zip of the project's whole story with its proof; each is recorded before its first byte leaves.
import { setTimeout as pause } from 'node:timers/promises';
import { Readable } from 'node:stream';
import { Controller, Get, Inject, Query, Res } from '@nestjs/common';
import { ApiProduces, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { EXPORT_PROFILES } from '#libs/domain';
import type { ExportProfile } from '#libs/domain';
import { prepareExport, writeExport } from '#libs/export';
import type { Exporting, Prepared } from '#libs/export';
import { readLog } from '#libs/ledger';
import type { SignedHead } from '#libs/ledger';
import { z } from 'zod';
import { Results } from '../analyses/results';
import { Calling, worldOf } from '../ledger/call';
import type { Call } from '../ledger/call';
import { Commands } from '../ledger/commands';
import { LedgerHandle } from '../ledger/handle';
import { Shows } from '../policy/does';
import { fail } from '../problems/problem';
import { SETTINGS } from '../settings';
import type { Settings } from '../settings';
import { releasedOutputs } from './outputs';

const ExportQuery = z.object({
  profile: z
    .enum(EXPORT_PROFILES)
    .default('partners')
    .describe('For whom: what is not for them stands there by hash.'),
});
const TRIES = 5;
/** Pieces that wait between the zip and the network. */
const AHEAD = [{ highWaterMark: 16 }, { highWaterMark: 16 }] as const;
const SIGNED_WITHIN_MS = 15_000;
const LOOK_EVERY_MS = 200;

/** The project went on between reading and recording. */
class Moved extends Error {}

@ApiTags('export')
@Controller('projects/:project/export')
export class ExportsController {
  constructor(
    private readonly handle: LedgerHandle,
    private readonly commands: Commands,
    private readonly results: Results,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  @Get()
  @Shows('project.export', 'Exports the project as a zip: RO-Crate, its story, and its ledger with proofs')
  @ApiProduces('application/zip')
  async export(
    @Calling() call: Call,
    @Query({ schema: ExportQuery }) { profile }: z.infer<typeof ExportQuery>,
    @Res() response: Response,
  ): Promise<void> {
    const { exporting, prepared, version } = await this.record(call, profile);
    const head = await this.signedHead(exporting, version);
    const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>({}, ...AHEAD);
    const name = `${exporting.world.project.id}-${profile}.zip`;
    response.set({
      'Content-Type': 'application/zip',
      'Content-Disposition': `attachment; filename="${name}"`,
    });
    const body = Readable.fromWeb(readable);
    // Whoever receives less than all of it must notice: the connection breaks, and the zip has no end.
    body.once('error', () => response.destroy());
    response.once('close', () => body.destroy());
    body.pipe(response);
    await writeExport(writable, exporting, prepared, { version, head }).catch((error: unknown) =>
      writable.abort(error).catch(() => undefined),
    );
  }

  /** What is listed is what is recorded: if anything came between, everything is read again. */
  private async record(call: Call, profile: ExportProfile) {
    const { id } = worldOf(call).project;
    for (let tries = 1; ; tries += 1) {
      const { world, now } = await this.handle.ledger.world(id);
      const exporting = await this.exporting({ ...call, world, now }, profile);
      const prepared: Prepared = await prepareExport(exporting);
      const done = await this.commands
        .onProject(call, id, ({ programme, project }) => {
          if (programme.version !== world.programme.version || project.version !== world.project.version)
            throw new Moved();
          return { command: { type: 'RecordExport', profile, manifest: prepared.digest } };
        })
        .catch((error: unknown) => {
          if (error instanceof Moved && tries < TRIES) return null;
          if (error instanceof Moved)
            fail(409, 'MOVED', 'The project goes on faster than it is read.', 'Export it again in a moment.');
          throw error;
        });
      if (done !== null) return { exporting, prepared, version: done.receipt.version };
    }
  }

  private async exporting(call: Call, profile: ExportProfile): Promise<Exporting> {
    const { source, ledger } = this.handle;
    return {
      ...{ source, world: worldOf(call), now: call.now, profile, language: this.settings.language },
      texts: (commitments) => ledger.texts(commitments),
      outputs: profile === 'public' ? [] : await releasedOutputs(this.results, call),
    };
  }

  private async signedHead({ source, world }: Exporting, version: number): Promise<SignedHead> {
    const log = readLog(source);
    for (let waited = 0; waited < SIGNED_WITHIN_MS; waited += LOOK_EVERY_MS) {
      const position = await log.positionOf(world.project.id, version);
      const head = position === null ? null : await log.headWith(position);
      if (head !== null) return head;
      await pause(LOOK_EVERY_MS);
    }
    fail(
      503,
      'NOT_SIGNED_YET',
      'The log does not sign at present.',
      'Export again once it does; see /log/checkpoint.',
    );
  }
}
