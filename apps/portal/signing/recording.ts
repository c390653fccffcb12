// Records an answer by link, and makes the pages that stand between the first POST and the receipt.
import { Injectable } from '@nestjs/common';
import type { Response } from 'express';
import type { Refusal } from '#libs/domain';
import { Refused } from '#libs/ledger';
import { ASKED_ABOUT, CHOICE_LABEL, contentCode, differences } from '#libs/web';
import { sendPage } from '../http/answers';
import type { Fields } from '#libs/web/http';
import type { ShownPage } from '../http/session';
import { addressOf } from '../items';
import type { Item } from '../items';
import { WritingLedger } from '../ledgers';
import { Reading } from '../reading';
import type { Side } from '../reading';
import { KEPT } from './answer';
import type { Answer, Problem } from './answer';
import { decisionDraft, saysTheSame } from './draft';
import type { RecordedAnswer } from './draft';
import { findRound } from './page';

export type Outcome =
  | { is: 'RECORDED' }
  | { is: 'INCOMPLETE'; problems: Problem[] }
  | { is: 'CODE_NEEDED'; status: number; problems: Problem[]; isSent: boolean }
  | { is: 'CHANGED' }
  | { is: 'REFUSED'; refusal: Refusal };

/** Thrown inside the command's transaction, before anything is written: this round wants the mailed code. */
class CodeNeeded extends Error {}

interface Shown {
  item: Item;
  side: Side;
  fields: Fields;
}

@Injectable()
export class Recording {
  constructor(
    private readonly writing: WritingLedger,
    private readonly reading: Reading,
  ) {}

  /** One transaction: content, round, role and person unchanged → recorded. The same submission again → the same receipt. */
  async record(item: Item, token: string, answer: Answer, page: ShownPage | null): Promise<Outcome> {
    try {
      const shown = { token, code: answer.code, stream: item.stream };
      await this.writing.ledger.byLink(shown, (target, state) => {
        if (
          target.person !== item.person ||
          target.checkpoint !== item.checkpoint ||
          target.round !== item.round
        )
          throw foreign();
        const { checkpoints } = 'project' in state ? state.project : state;
        const round = checkpoints[item.checkpoint]?.rounds.find(({ round }) => round === item.round);
        const isUnchanged = round?.content.core === answer.core && round.content.cover === answer.cover;
        if (round?.needsCode && answer.code === null && isUnchanged) throw new CodeNeeded();
        return decisionDraft(target, round?.needsCode ? answer : { ...answer, code: null }, page);
      });
      return { is: 'RECORDED' };
    } catch (error) {
      if (error instanceof CodeNeeded) return this.askCode(item, token, answer);
      if (error instanceof Refused) return this.afterRefusal(item, token, answer, error.refusal);
      throw error;
    }
  }

  private async askCode(item: Item, token: string, answer: Answer): Promise<Outcome> {
    try {
      await this.writing.links.askCode(token);
      return { is: 'CODE_NEEDED', status: 200, problems: [], isSent: true };
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      // Too many were sent: the newest may still arrive, so the page that takes it is shown all the same.
      if (error.refusal.rule === 'TOO_MANY_CODES') {
        const problems = [{ field: 'code', text: `${error.refusal.reason} ${error.refusal.remedy}` }];
        return { is: 'CODE_NEEDED', status: 429, problems, isSent: false };
      }
      return this.afterRefusal(item, token, answer, error.refusal);
    }
  }

  private async afterRefusal(item: Item, token: string, answer: Answer, refusal: Refusal): Promise<Outcome> {
    if (await this.isOnRecord(item, token, answer)) return { is: 'RECORDED' };
    const codeProblem = CODE_PROBLEM[refusal.rule];
    if (codeProblem !== undefined)
      return {
        is: 'CODE_NEEDED',
        status: 422,
        problems: [{ field: 'code', text: codeProblem }],
        isSent: false,
      };
    if (refusal.kind === 'STALE' || (await this.isReplaced(item, answer))) return { is: 'CHANGED' };
    return { is: 'REFUSED', refusal };
  }

  /** Whether this very submission stands in the ledger already: then its receipt is the answer. */
  private async isOnRecord(item: Item, token: string, answer: Answer): Promise<boolean> {
    const session = await this.reading.session(token);
    if (session === null || session.person !== item.person || session.purpose !== 'SIGN') return false;
    const entry = await this.reading.ownEntry(item);
    if (entry?.type !== 'DecisionRecorded') return false;
    const recorded = entry.data as unknown as RecordedAnswer;
    const commitments = [
      recorded.reason,
      recorded.dissent,
      recorded.signedAs,
      ...recorded.conditions.map(({ value }) => value),
    ];
    return saysTheSame(answer, recorded, await this.reading.texts(commitments));
  }

  private async isReplaced(item: Item, answer: Answer): Promise<boolean> {
    const side = await this.reading.side(item.stream);
    const found = findRound(side, item);
    const current = found?.checkpoint.rounds.at(-1);
    return (
      current !== undefined &&
      (current.content.core !== answer.core || current.content.cover !== answer.cover)
    );
  }

  async showCodeForm(
    response: Response,
    status: number,
    shown: Shown & { problems: Problem[]; isSent: boolean },
  ): Promise<void> {
    const { item, side, fields, problems, isSent } = shown;
    const found = findRound(side, item);
    const choice = fields.choice as keyof typeof CHOICE_LABEL;
    sendPage(response, status, 'code', {
      title: 'Type the code we mailed you',
      project: await this.reading.title(side),
      sent: isSent
        ? 'We have mailed a code of 8 digits to your address on record. Your decision is recorded when you have typed it here.'
        : 'Your decision is not recorded yet.',
      choiceLabel: CHOICE_LABEL[choice],
      askedAbout: found ? ASKED_ABOUT[found.checkpoint.kind] : '',
      code: contentCode(fields.core ?? ''),
      kept: KEPT.map((name) => ({ name, value: fields[name] ?? '' })),
      values: fields,
      problems,
      action: addressOf(item),
    });
  }

  /** 409: the difference between what the person read and what is asked now. */
  async showChanged(response: Response, { item, side, fields }: Shown): Promise<void> {
    const found = findRound(side, item);
    const current = found?.checkpoint.rounds.at(-1);
    // Only an earlier version of this very checkpoint is opened again, never whatever digest a form names.
    const read = found?.checkpoint.rounds.find(({ content }) => content.core === fields.core);
    const isStillAsked = current?.asked.some(({ person }) => person === item.person) ?? false;
    const [before, after] = await Promise.all([
      read && this.reading.signed({ core: read.content.core, cover: fields.cover ?? '' }),
      current && isStillAsked ? this.reading.signed(current.content) : undefined,
    ]);
    const names = await this.reading.names(side, before?.core, after?.core);
    const changes =
      before && after
        ? [
            ...differences(before.core, after.core, names),
            ...differences(before.cover, after.cover, names, ['Covering text']),
          ]
        : [];
    sendPage(response, 409, 'changed', {
      title: 'What you read has changed',
      project: await this.reading.title(side),
      coreChanged: current?.content.core !== fields.core,
      changes,
      action: current === found?.round ? addressOf(item) : null,
    });
  }
}

const CODE_PROBLEM: Record<string, string> = {
  CODE_WRONG: 'This is not the code from the newest mail. Look again and retype it',
  CODE_DEAD: 'This code no longer works. Have another one mailed to you',
  CODE_NEEDED: 'Type the 8 digits from the mail',
};

function foreign(): Refused {
  return new Refused({
    kind: 'NOT_FOUND',
    rule: 'LINK_DEAD',
    reason: 'This link is for something else.',
    remedy: 'Open the newest link you were sent.',
  });
}
