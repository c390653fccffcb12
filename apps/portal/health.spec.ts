// Readiness of the portal names its database, asked of one that nobody can reach.
import type { Response } from 'express';
import { Pool } from 'pg';
import { PagesController } from './pages.controller';
import { Reading } from './reading';

it('without a database it lives and is not ready, and says what is missing', async () => {
  // Nothing listens on port 1.
  const database = new Pool({ connectionString: 'postgres://parley_portal@127.0.0.1:1/parley' });
  const controller = new PagesController(new Reading({ dataSource: database } as never));
  const told: unknown[] = [];
  const response = {
    status: (code: number) => (told.push(code), response),
    json: (body: unknown) => (told.push(body), response),
  } as never as Response;
  await controller.ready(response);
  controller.alive(response);
  await database.end();
  expect(told).toEqual([503, { ready: false, missing: ['database'] }, { alive: true }]);
});
