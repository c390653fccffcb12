// Links and codes: minted by the courier when it sends them, found by the portal, kept by the database as digests only.
import { randomBytes, randomInt } from 'node:crypto';
import type { DataSource } from 'typeorm';
import { createMailWishes } from './mail-wishes';
import { Refused } from './refused';
import type { Answer } from './refused';
import { digestOf } from './secrets';
import type { FoundLink } from './commands';
import type { ItemRef, Links } from './types';

/** `notify` tells the courier that a mail is waiting. */
export function createLinks(dataSource: DataSource, notify: () => void): Links {
  const recall = async (token: string): Promise<FoundLink | null> => {
    const rows = await dataSource.query<FoundLink[]>('select * from parley.find_link($1)', [token]);
    return rows[0] ?? null;
  };

  /** A code and what is kept of it. */
  const newCode = () => {
    const code = String(randomInt(100_000_000)).padStart(8, '0');
    const salt = randomBytes(16);
    return { code, salt, hash: digestOf(Buffer.concat([salt, Buffer.from(code)])) };
  };
  const mintCode = async (stream: string, person: string, items: ItemRef[]): Promise<string> => {
    const { code, salt, hash } = newCode();
    const parameters = [stream, person, JSON.stringify(items), salt, hash];
    await dataSource.query('select parley.mint_code($1, $2, $3, $4, $5)', parameters);
    return code;
  };

  return {
    recall,
    ...createMailWishes(dataSource, { read: 'mail_wish_by_link', keep: 'wish_mail' }),

    async mint({ stream, person, purpose, checkpoint, round, core }) {
      const token = randomBytes(32).toString('base64url');
      const parameters = [digestOf(token), stream, person, purpose, checkpoint, round, core];
      const sql = 'select parley.mint_link($1, $2, $3, $4, $5, $6, $7) as expires';
      const rows = await dataSource.query<{ expires: string }[]>(sql, parameters);
      return { token, expires: rows[0]?.expires ?? '' };
    },

    async find(token) {
      const found = await recall(token);
      if (found?.state !== 'LIVE') return null;
      const { state: _live, ...target } = found;
      return target;
    },

    async askFresh(token) {
      await dataSource.query('select parley.ask_fresh($1)', [token]);
      notify();
    },

    async askFreshAbout(stream, person, checkpoint, round) {
      await dataSource.query('select parley.ask_fresh_about($1, $2, $3, $4)', [
        stream,
        person,
        checkpoint,
        round,
      ]);
      notify();
    },

    async askCode(token) {
      const sql = 'select parley.ask_code($1) as answer';
      const rows = await dataSource.query<{ answer: Answer }[]>(sql, [token]);
      const answer = rows[0]?.answer;
      if (answer?.ok === false) throw new Refused(answer.refusal);
      notify();
    },

    async openItems(token) {
      return dataSource.query<ItemRef[]>('select * from parley.open_items($1)', [token]);
    },

    async openItemsOf(stream, person) {
      return dataSource.query<ItemRef[]>('select * from parley.open_items_of($1, $2)', [stream, person]);
    },

    async askItemsCode(token, items) {
      const sql = 'select parley.ask_items_code($1, $2) as answer';
      const rows = await dataSource.query<{ answer: Answer }[]>(sql, [token, JSON.stringify(items)]);
      const answer = rows[0]?.answer;
      if (answer?.ok === false) throw new Refused(answer.refusal);
      notify();
    },

    mintCode: (stream, person, checkpoint, round) =>
      mintCode(stream, person, [{ stream, checkpoint, round }]),
    mintItemsCode: mintCode,

    async mintAnswerCode(stream, person, request) {
      const { code, salt, hash } = newCode();
      const sql = 'select parley.mint_answer_code($1, $2, $3, $4, $5)';
      await dataSource.query(sql, [stream, person, request, salt, hash]);
      return code;
    },

    async mintDepositCode(stream, person, deposit) {
      const { code, salt, hash } = newCode();
      const sql = 'select parley.mint_deposit_code($1, $2, $3, $4, $5)';
      await dataSource.query(sql, [stream, person, deposit, salt, hash]);
      return code;
    },

    async mintCountersignCode(stream, person, checkpoint, round) {
      const { code, salt, hash } = newCode();
      const sql = 'select parley.mint_countersign_code($1, $2, $3, $4, $5, $6)';
      await dataSource.query(sql, [stream, person, checkpoint, round, salt, hash]);
      return code;
    },

    async beginDeposit(shown, code) {
      const token = randomBytes(32).toString('base64url');
      const sql = 'select parley.begin_deposit($1, $2, $3) as answer';
      const rows = await dataSource.query<{ answer: Answer & { expires?: string } }[]>(sql, [
        ...[shown, code, digestOf(token)],
      ]);
      const answer = rows[0]?.answer;
      if (answer?.ok === false) throw new Refused(answer.refusal);
      return { token, expires: answer?.expires ?? '' };
    },
  };
}
