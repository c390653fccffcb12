// Opens a result for a person who may see it: the manifest from the ledger, two key parts, the bytes from the vault.
import { Injectable } from '@nestjs/common';
import { reference } from '#libs/contracts';
import type { Analysis } from '#libs/domain';
import { openResult } from '#libs/ledger';
import { ResultManifest } from '#libs/vault';
import type { Vault } from '#libs/vault';
import { z } from 'zod';
import { notFound, worldOf } from '../ledger/call';
import type { Call } from '../ledger/call';
import { LedgerHandle } from '../ledger/handle';
import { mayCheck } from '../outputs/check.view';
import { fail } from '../problems/problem';

const OutputCore = z.object({ files: ResultManifest.shape.files });
/** Counts behind suppressed cells: they never leave the hands of checkers. */
const FOR_CHECKERS = new Set(['findings.json']);
/** Whose numbers are shown: read by the engine when later runs are checked, and by no person. */
const FOR_NOBODY = new Set(['shown.json']);

@Injectable()
export class Results {
  constructor(
    private readonly handle: LedgerHandle,
    private readonly vault: Pick<Vault, 'loadResult'>,
  ) {}

  /** The files of a result that this caller may see; the policy has let them in. */
  async open(call: Call, analysis: Analysis): Promise<Map<string, Buffer>> {
    const { ended } = analysis;
    if (!ended?.result || ended.object === null) {
      fail(
        404,
        'NO_RESULT',
        `The analysis ${analysis.id} has produced no result.`,
        'GET the analysis for its status.',
      );
    }
    const project = worldOf(call).project.id;
    const bytes = await this.handle.ledger.content(ended.result.core);
    const partA = await openResult(this.handle.source, call.secret, project, analysis.id);
    if (bytes === null || partA === null) {
      fail(
        403,
        'RESULT_CLOSED',
        'The key of this result is not given to you, or was destroyed.',
        'GET the analysis for its status.',
      );
    }
    const { files } = OutputCore.parse(JSON.parse(bytes.toString('utf8')));
    const manifest: ResultManifest = { format: 1, files };
    const all = await this.vault.loadResult({
      result: reference(project, analysis.id),
      objectId: ended.object,
      manifest,
      partA,
    });
    const isChecker = mayCheck(call, analysis);
    return new Map(
      [...all].filter(([name]) => !FOR_NOBODY.has(name) && (isChecker || !FOR_CHECKERS.has(name))),
    );
  }
}

export const analysisIn = (call: Call, id: string): Analysis =>
  worldOf(call).project.analyses[id] ?? notFound('analysis', id);
