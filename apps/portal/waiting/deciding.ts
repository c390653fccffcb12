// Records the answers to several items with one code, each in a transaction of its own and for its own content.
import { Injectable } from '@nestjs/common';
import type { Refusal } from '#libs/domain';
import { Refused } from '#libs/ledger';
import type { ShownPage } from '../http/session';
import { WritingLedger } from '../ledgers';
import { decisionDraft } from '../signing/draft';
import { Recording } from '../signing/recording';
import { codeProblem } from '../http/code';
import type { CodeProblem } from '../http/code';
import type { Answered } from './answers';
import { refOf } from './list';
import type { OpenItem } from './list';

export type Outcome = { is: 'RECORDED' } | { is: 'CHANGED' } | { is: 'REFUSED'; refusal: Refusal };

export interface Given {
  token: string;
  answered: Answered[];
  code: string;
  page: ShownPage | null;
}

export interface Decided {
  outcomes: { answered: Answered; outcome: Outcome }[];
  /** What is wrong with the code; the items without an outcome wait for another. */
  problem: CodeProblem | null;
}

@Injectable()
export class Deciding {
  constructor(
    private readonly writing: WritingLedger,
    private readonly recording: Recording,
  ) {}

  /** One code for exactly those of the answered items that still ask about what was read. */
  async askCode(token: string, answered: Answered[]): Promise<CodeProblem | null> {
    try {
      await this.writing.links.askItemsCode(
        token,
        answered.map(({ item }) => refOf(item)),
      );
      return null;
    } catch (error) {
      const problem = error instanceof Refused ? codeProblem(error.refusal) : null;
      if (problem !== null) return problem;
      throw error;
    }
  }

  /** A code that does not fit stops everything: each item would count the same mistake as another try. */
  async decide({ token, answered, code, page }: Given): Promise<Decided> {
    const outcomes: Decided['outcomes'] = [];
    for (const each of answered) {
      const outcome = await this.record(token, each, code, page);
      if (typeof outcome === 'string') return { outcomes, problem: outcome };
      outcomes.push({ answered: each, outcome });
    }
    return { outcomes, problem: null };
  }

  private async record(
    token: string,
    { item, answer }: Answered,
    code: string,
    page: ShownPage | null,
  ): Promise<Outcome | CodeProblem> {
    try {
      const { stream, checkpoint, round } = item;
      await this.writing.ledger.byCode({ token, code, stream }, (target) =>
        decisionDraft({ ...target, checkpoint, round }, { ...answer, code }, page),
      );
      return { is: 'RECORDED' };
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      if (await this.recording.isOnRecord(item, token, answer)) return { is: 'RECORDED' };
      const problem = codeProblem(error.refusal);
      if (problem !== null) return problem;
      return error.refusal.kind === 'STALE' || (await this.recording.isReplaced(item, answer))
        ? { is: 'CHANGED' }
        : { is: 'REFUSED', refusal: error.refusal };
    }
  }
}

/** Whether what was answered is still what is asked: a code is mailed for nothing else. */
export const isStillAsked = (open: OpenItem[], { item, answer }: Answered): boolean =>
  open.some(
    ({ item: one, found: { round } }) =>
      one.stream === item.stream &&
      one.checkpoint === item.checkpoint &&
      one.round === item.round &&
      round.content.core === answer.core &&
      round.content.cover === answer.cover,
  );
