// What reading routes show about one's own account, as schemas.
import { z } from 'zod';
import { Erasable, Id, Instant, Named, Role } from '../http/shown';

export const AccountShown = z.object({
  ...{ person: Id.nullable(), administrator: Id.nullable(), programme: Id.nullable() },
  ...{ scopes: z.array(z.string()), expires: Instant, name: Erasable },
  ...{ roles: z.array(Role), organisation: Named.nullable() },
});
export const OwnMoveShown = z.object({
  stream: Id.describe('The project, or the programme, it is to be made in.'),
  ...{ title: Erasable, what: z.string(), about: Id, since: Instant, due: Instant.nullable() },
});
export const MailShown = z.object({
  daily: z
    .object({ at: z.string(), timeZone: z.string() })
    .nullable()
    .describe('Null: each request as it comes.'),
  isOwn: z.boolean().describe('Whether you said so; otherwise it is what the agreement says.'),
});
