// Records an answer by link, and makes the pages that stand between the first POST and the receipt.
import { Injectable } from '@nestjs/common';
import type { Response } from 'express';
import type { Choice, Refusal } from '#libs/domain';
import { Refused } from '#libs/ledger';
import { contentCode, differences } from '#libs/web';
import { sendPage } from '../http/answers';
import { codeProblem, codeStatus } from '../http/code';
import type { CodeProblem } from '../http/code';
import { languageOf } from '../http/language';
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
  | { is: 'CODE_NEEDED'; status: number; problem: CodeProblem | null; isSent: boolean }
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
      return { is: 'CODE_NEEDED', status: 200, problem: null, isSent: true };
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      return this.afterRefusal(item, token, answer, error.refusal);
    }
  }

  private async afterRefusal(item: Item, token: string, answer: Answer, refusal: Refusal): Promise<Outcome> {
    if (await this.isOnRecord(item, token, answer)) return { is: 'RECORDED' };
    const problem = codeProblem(refusal);
    if (problem !== null) return { is: 'CODE_NEEDED', status: codeStatus(problem), problem, isSent: false };
    if (refusal.kind === 'STALE' || (await this.isReplaced(item, answer))) return { is: 'CHANGED' };
    return { is: 'REFUSED', refusal };
  }

  /** Whether this very submission stands in the ledger already: then its receipt is the answer. */
  async isOnRecord(item: Item, token: string, answer: Answer): Promise<boolean> {
    const session = await this.reading.session(token);
    if (session === null || session.person !== item.person || session.purpose === 'ACCESS') return false;
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

  async isReplaced(item: Item, answer: Answer): Promise<boolean> {
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
    const { t } = languageOf(response);
    sendPage(response, status, 'code', {
      title: t('code.title'),
      project: await this.reading.title(side, t),
      sent: t(isSent ? 'code.sent' : 'code.notYet'),
      choiceLabel: t(`choice.${fields.choice as Choice}`),
      askedAbout: found ? t(`askedAbout.${found.checkpoint.kind}`) : '',
      code: contentCode(fields.core ?? ''),
      kept: KEPT.map((name) => ({ name, value: fields[name] ?? '' })),
      values: fields,
      problems,
      action: addressOf(item),
    });
  }

  /** 409: the difference between what the person read and what is asked now. */
  async showChanged(response: Response, { item, side, fields }: Shown): Promise<void> {
    const language = languageOf(response);
    const { t } = language;
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
            ...differences(before.core, after.core, names, language),
            ...differences(before.cover, after.cover, names, language, [t('said.coveringText')]),
          ]
        : [];
    sendPage(response, 409, 'changed', {
      title: t('changed.title'),
      project: await this.reading.title(side, t),
      coreChanged: current?.content.core !== fields.core,
      changes,
      action: current === found?.round ? addressOf(item) : null,
    });
  }
}

function foreign(): Refused {
  return new Refused({
    kind: 'NOT_FOUND',
    rule: 'LINK_DEAD',
    reason: 'This link is for something else.',
    remedy: 'Open the newest link you were sent.',
  });
}
