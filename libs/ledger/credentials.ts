// Accounts: API tokens of people and of the installation's administrators.
import type { DataSource } from 'typeorm';
import { createMailWishes } from './mail-wishes';
import { Refused } from './refused';
import type { Answer } from './refused';
import { digestOf, newSecret } from './secrets';
import { newId } from './texts';
import type { Account, Credentials, SignIn } from './types';

const ADMINISTRATOR_DAYS = 90;

/** `notify` tells the courier that a mail is waiting. */
export function createCredentials(dataSource: DataSource, notify: () => void): Credentials {
  return {
    ...createMailWishes(dataSource, { read: 'mail_wish_by_account', keep: 'wish_mail_by_account' }),

    async invite(programme, person) {
      const mail = { purpose: 'ACCESS', person, about: programme, round: 0, count: 1 };
      await dataSource.query(
        `insert into parley.outbox (key, kind, stream, version, mail)
           select $1::text, 'mail', s.id, s.version, $2::jsonb from parley.streams s where s.id = $3`,
        [`mail/${newId('access')}`, JSON.stringify(mail), programme],
      );
      notify();
    },

    async claim(token, days) {
      const secret = newSecret();
      const sql = 'select parley.claim_access($1, $2, $3) as answer';
      const rows = await dataSource.query<{ answer: Answer }[]>(sql, [token, digestOf(secret), days]);
      const answer = rows[0]?.answer;
      if (answer?.ok === false) throw new Refused(answer.refusal);
      return secret;
    },

    async check(secret) {
      const rows = await dataSource.query<Account[]>('select * from parley.find_account($1)', [secret]);
      return rows[0] ?? null;
    },

    async narrow(secret, scopes, days) {
      const narrower = newSecret();
      const sql = 'select parley.narrow_account($1, $2, $3, $4) as answer';
      const parameters = [secret, digestOf(narrower), scopes, days];
      const rows = await dataSource.query<{ answer: Answer }[]>(sql, parameters);
      const answer = rows[0]?.answer;
      if (answer?.ok === false) throw new Refused(answer.refusal);
      return narrower;
    },

    async revoke(secret) {
      await dataSource.query('select parley.revoke_account($1)', [secret]);
    },

    async beginSignIn(address) {
      const secret = newSecret();
      const sql = 'select programme, person from parley.begin_sign_in($1, $2)';
      const people = await dataSource.query<SignIn['people']>(sql, [digestOf(secret), address]);
      return { secret, people };
    },

    async beginSession(signIn, person) {
      const secret = newSecret();
      const sql = 'select parley.begin_session($1, $2, $3) as answer';
      const rows = await dataSource.query<{ answer: Answer & { expires?: string } }[]>(sql, [
        signIn,
        person,
        digestOf(secret),
      ]);
      const answer = rows[0]?.answer;
      if (answer?.ok === false) throw new Refused(answer.refusal);
      return { secret, expires: answer?.expires ?? '' };
    },

    async createAdministrator(email) {
      const secret = newSecret();
      const parameters = [newId('adm'), email, digestOf(secret), ADMINISTRATOR_DAYS];
      await dataSource.query('select parley.create_administrator($1, $2, $3, $4)', parameters);
      return secret;
    },
  };
}
