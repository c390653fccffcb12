// Long streams in no time: entries written by the database itself, chained as the engine chains them.
import type { Setting } from './setting';

/** So many entries of a programme, all alike (its lead names a deputy). */
export async function appendMany(setting: Pick<Setting, 'db' | 'programme'>, entries: number): Promise<void> {
  await setting.db.query(
    `do $$
     declare
       s parley.streams;
       entry text;
     begin
       select * into s from parley.streams where id = '${setting.programme}' for update;
       for i in 1 .. ${entries} loop
         entry := format('{"actor":{"person":"per_lead"},"at":"%s","data":{"deputy":"per_researcher","person":"per_lead"},"format":1,"prev":"%s","stream":"%s","type":"DeputyNamed","typeVersion":1,"version":%s}',
                         parley.instant(s.last_at), s.head, s.id, s.version + 1);
         s.version := s.version + 1;
         insert into parley.events values (s.id, s.version, 'DeputyNamed', 1, entry, encode(sha256(convert_to(entry, 'UTF8')), 'hex'), s.head,
           s.last_at, '{"person":"per_lead"}', '{"deputy":"per_researcher","person":"per_lead"}', 'parley_api');
         s.head := encode(sha256(convert_to(entry, 'UTF8')), 'hex');
       end loop;
       update parley.streams set version = s.version, head = s.head where id = s.id;
     end $$`,
  );
}
