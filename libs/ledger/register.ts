// Who is behind an opaque id: names for pages and mails, the present address for the courier alone.
import type { DataSource } from 'typeorm';
import type { Register } from './types';

export function createRegister(dataSource: DataSource): Register {
  const ask = async (sql: string, id: string): Promise<string | null> => {
    const rows = await dataSource.query<{ answer: string | null }[]>(`select ${sql} as answer`, [id]);
    return rows[0]?.answer ?? null;
  };
  // Names can be erased; the id stays.
  const name = async (person: string): Promise<string> => (await ask('parley.name_of($1)', person)) ?? person;

  return {
    name,

    async address(person) {
      const address = await ask('parley.address_of($1)', person);
      if (address === null)
        throw new Error(`There is no address for ${person}: none was attested, or it was erased.`);
      return { name: await name(person), address };
    },

    async organisationName(organisation) {
      return (await ask('parley.organisation_name($1)', organisation)) ?? organisation;
    },
  };
}
