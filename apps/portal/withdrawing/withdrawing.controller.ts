// The withdrawal page: always possible, at once, with a choice and a typed name and no code.
import { Controller, Get, Post, Req, Res } from '@nestjs/common';
import type { Response } from 'express';
import { effectiveDecision, isApproval, roundStatus } from '#libs/domain';
import type { Decision } from '#libs/domain';
import { Refused } from '#libs/ledger';
import { contentCode } from '#libs/web';
import { sendNoSession, sendPage, sendRefusal } from '../http/answers';
import { languageOf } from '../http/language';
import { fieldsOf } from '#libs/web/http';
import type { Fields } from '#libs/web/http';
import { openedItem } from '../http/opened';
import type { ItemRequest, Opened } from '../http/opened';
import { Sessions } from '../http/session';
import { againOf, itemOf, receiptOf, withdrawalOf } from '../items';
import type { Item } from '../items';
import { WritingLedger } from '../ledgers';
import { Reading } from '../reading';
import type { Side } from '../reading';
import type { Problem } from '../signing/answer';
import { findRound, neutralPeople } from '../signing/page';
import type { Found } from '../signing/page';
import { answeredOn } from './answered';
import { modeChoices, modesFor, parseWithdrawal, withdrawalDraft } from './withdrawal';

/** Whether anything may rest on an answer: an approval of what is settled (DOMAIN § 4, Withdrawal). */
const isCounted = (side: Side, { checkpoint, round }: Found, decision: Decision): boolean =>
  isApproval(decision) && roundStatus(side.programme, checkpoint.kind, round, side.now) === 'SETTLED';

@Controller('sign/:stream/:checkpoint/:round/:person/withdraw')
export class WithdrawingController {
  constructor(
    private readonly reading: Reading,
    private readonly sessions: Sessions,
    private readonly writing: WritingLedger,
  ) {}

  @Get()
  async show(@Req() request: ItemRequest, @Res() response: Response): Promise<void> {
    const started = performance.now();
    const opened = await this.open(request);
    if (opened === null) return sendNoSession(response, started, itemOf(request.params));
    await this.showForm(response, 200, { ...opened, values: {}, problems: [] });
  }

  @Post()
  async withdraw(@Req() request: ItemRequest, @Res() response: Response): Promise<void> {
    const started = performance.now();
    const opened = await this.open(request);
    if (opened === null) return sendNoSession(response, started, itemOf(request.params));
    const { item, token } = opened;
    const fields = fieldsOf(request);
    this.sessions.checkForm(request, token, withdrawalOf(item), fields.csrf);
    const parsed = parseWithdrawal(fields, languageOf(response).t);
    if (!parsed.ok)
      return this.showForm(response, 422, { item, token, values: fields, problems: parsed.problems });
    try {
      const shown = { token, code: null, stream: item.stream };
      await this.writing.ledger.byLink(shown, (target) => withdrawalDraft(target, parsed.withdrawing));
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      // Pressed twice: the withdrawal that stands is the answer.
      const last = await this.reading.ownEntry(item);
      if (last?.type !== 'DecisionWithdrawn') return sendRefusal(response, error.refusal);
    }
    response.redirect(303, receiptOf(item));
  }

  /** Live and used links may withdraw; a link that was replaced or whose round ended may too, while it has not expired. */
  private async open(request: ItemRequest): Promise<Opened | null> {
    const opened = await openedItem(request, this.sessions, this.reading);
    return opened?.session.purpose === 'ACCESS' ? null : opened;
  }

  private async showForm(
    response: Response,
    status: number,
    form: { item: Item; token: string; values: Fields; problems: Problem[] },
  ): Promise<void> {
    const { item, token, values, problems } = form;
    const language = languageOf(response);
    const { t, moment } = language;
    const side = await this.reading.side(item.stream);
    const [project, names] = await Promise.all([
      this.reading.title(side, t),
      this.reading.names(side, item.person),
    ]);
    const found = findRound(side, item);
    const decision = found && effectiveDecision(found.round, item.person);
    if (!found || !decision) {
      const entry = await this.reading.ownEntry(item);
      if (entry) return response.redirect(303, receiptOf(item));
      return sendPage(response, 409, 'message', {
        title: t('withdraw.nothing'),
        project,
        lines: [t('withdraw.nothingLead')],
        link: { href: againOf(item), label: t('again.title') },
      });
    }
    const { kind } = found.checkpoint;
    sendPage(response, status, 'withdraw', {
      title: t('withdraw.title'),
      project,
      lead: t('withdraw.lead', {
        addressee: names(item.person) ?? t('page.colleague'),
        askedAbout: t(`askedAbout.${kind}`),
      }),
      facts: [
        [t('withdraw.answer'), t(`youDid.${decision.choice}`)],
        [t('page.recorded'), moment(decision.at)],
        [t('page.ledgerPosition'), `${item.stream}/${decision.version}`, 'code'],
        [t('page.contentCode'), contentCode(decision.core), 'code'],
      ],
      ...(await answeredOn(this.reading, side, found.round, decision, language)),
      closes: t(isCounted(side, found, decision) ? `closes.${kind}` : 'closes.nothing'),
      choices: [
        { value: 'withdraw', label: t('withdraw.withdraw'), effect: t('withdraw.withdrawHint') },
        { value: 'disown', label: t('withdraw.disown'), effect: t('withdraw.disownHint') },
      ],
      modes: modeChoices(modesFor(kind), t),
      neutral: await neutralPeople(this.reading, side, item.person, found.round.proposer, t),
      csrf: this.sessions.csrf(token, withdrawalOf(item)),
      action: withdrawalOf(item),
      back: { href: receiptOf(item), label: t('closed.seeReceipt') },
      values,
      problems,
    });
  }
}
