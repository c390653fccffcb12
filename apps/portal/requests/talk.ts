// Reads what a holder says about a request before answering it (B14): a question, a reply, or that its question is settled.
import { CLARIFICATION_TOPICS } from '#libs/domain';
import type { Say } from '#libs/language';
import { commitText } from '#libs/ledger';
import type { Draft } from '#libs/ledger';
import type { Fields } from '#libs/web/http';
import { checkText } from '../signing/answer';
import type { Problem } from '../signing/answer';

export type ParsedTalk = { ok: true; draft: Draft } | { ok: false; problems: Problem[] };

export function parseTalk(request: string, fields: Fields, t: Say): ParsedTalk {
  const problems: Problem[] = [];
  const { act, clarification = '', topic: chosen } = fields;
  // Several may be open on one page, each with fields of its own.
  const own = (name: string) => `${name}-${clarification}`;
  const words = act === 'ask' ? 'question' : own('reply');
  const text = fields[words] ?? '';
  const topic = CLARIFICATION_TOPICS.find((one) => one === chosen);
  if (act === 'ask' && topic === undefined) problems.push({ field: 'topic', text: t('problem.topic') });
  if (act === 'settle' && fields[own('settles')] !== 'yes')
    problems.push({ field: own('settles'), text: t('problem.settle') });
  if (act !== 'settle' && text === '') problems.push({ field: words, text: t('problem.words') });
  checkText(fields, words, 4000, problems, t);
  const signer = act === 'ask' ? 'askingName' : own('talkName');
  if ((fields[signer] ?? '') === '') problems.push({ field: signer, text: t('problem.name') });
  if (act !== 'ask' && !/^cl\d{1,6}$/.test(clarification))
    problems.push({ field: words, text: t('problem.incomplete') });
  if (problems.length > 0) return { ok: false, problems };
  if (act === 'settle')
    return { ok: true, draft: { command: { type: 'SettleClarification', clarification } } };
  const said = commitText(text);
  return {
    ok: true,
    draft: {
      command:
        act === 'ask'
          ? { type: 'AskClarification', request, topic: topic ?? 'OTHER', text: said.commitment }
          : { type: 'AnswerClarification', clarification, text: said.commitment },
      texts: [said],
    },
  };
}
