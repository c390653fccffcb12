// Records that a sign-off was handed to a colleague or taken back; said twice, it is the same.
import { Injectable } from '@nestjs/common';
import { delegationOf } from '#libs/domain';
import type { Refusal } from '#libs/domain';
import { Refused } from '#libs/ledger';
import type { Item } from '../items';
import { WritingLedger } from '../ledgers';
import { Reading } from '../reading';
import { findRound } from '../signing/page';
import { codeProblem } from '../http/code';
import type { CodeProblem } from '../http/code';
import { handingDraft, takingBackDraft } from './delegation';
import type { Handing } from './delegation';

export type Outcome =
  { is: 'DONE' } | { is: 'CODE'; problem: CodeProblem | null } | { is: 'REFUSED'; refusal: Refusal };

/** Thrown inside the command's transaction, before anything is written: this round wants the mailed code. */
class CodeNeeded extends Error {}

@Injectable()
export class HandingOn {
  constructor(
    private readonly writing: WritingLedger,
    private readonly reading: Reading,
  ) {}

  async hand(item: Item, token: string, given: Handing): Promise<Outcome> {
    try {
      const shown = { token, code: given.code, stream: item.stream };
      await this.writing.ledger.byLink(shown, (target, state) => {
        const { checkpoints } = 'project' in state ? state.project : state;
        const round = checkpoints[item.checkpoint]?.rounds.find((one) => one.round === item.round);
        if (round?.needsCode && given.code === null) throw new CodeNeeded();
        return handingDraft(target, round?.needsCode ? given : { ...given, code: null });
      });
      return { is: 'DONE' };
    } catch (error) {
      if (error instanceof CodeNeeded) return this.askCode(token);
      if (!(error instanceof Refused)) throw error;
      const problem = codeProblem(error.refusal);
      if (problem !== null) return { is: 'CODE', problem };
      return (await this.standing(item))?.person === given.to
        ? { is: 'DONE' }
        : { is: 'REFUSED', refusal: error.refusal };
    }
  }

  async takeBack(item: Item, token: string, given: { name: string }): Promise<Outcome> {
    try {
      const shown = { token, code: null, stream: item.stream };
      await this.writing.ledger.byLink(shown, (target) => takingBackDraft(target, given));
      return { is: 'DONE' };
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      return (await this.standing(item)) === null
        ? { is: 'DONE' }
        : { is: 'REFUSED', refusal: error.refusal };
    }
  }

  private async askCode(token: string): Promise<Outcome> {
    try {
      await this.writing.links.askCode(token);
      return { is: 'CODE', problem: null };
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      const problem = codeProblem(error.refusal);
      return problem === null ? { is: 'REFUSED', refusal: error.refusal } : { is: 'CODE', problem };
    }
  }

  private async standing(item: Item) {
    const side = await this.reading.side(item.stream);
    const found = findRound(side, item);
    return found && delegationOf(found.round, item.person, side.now);
  }
}
