// T11 through the running engine: what ends is warned of in time, by the ledger's clock, and destroyed with a certificate.
import { ANY_VERSION, WAKE_SIGNAL, workflowId } from '#libs/contracts';
import { Engine } from './testing/engine';

jest.setTimeout(120_000);

let engine: Engine;
beforeAll(async () => {
  engine = await Engine.open();
  await engine.work();
  for (const [name, take] of engine.journey.steps) {
    if (name === 'wait for analysis') break;
    await take();
  }
  await engine.journey.until('the permit', ({ project }) => project.releases['rel1']?.permit);
});
afterAll(() => engine.close());

/** The clock goes on, and the workflow that waits for it looks: what a timer would do after days. */
async function goOn(by: string): Promise<void> {
  const { setting, client, journey } = engine;
  await setting.db.shiftClock(by);
  const handle = client.workflow.getHandle(workflowId.release(journey.project, 'rel1'));
  await handle.signal(WAKE_SIGNAL, ANY_VERSION);
}

it('T11: warns 30, 7 and 1 day before a release ends, each once, then destroys it', async () => {
  const { journey, setting, vault } = engine;
  for (const [days, later] of [
    [30, '170 days 1 hour'],
    [7, '193 days 1 hour'],
    [1, '199 days 1 hour'],
  ] as const) {
    await goOn(later);
    await journey.until(`the warning of ${days} days`, ({ project }) =>
      project.expiryWarnings.some((warning) => warning.id === 'rel1' && warning.days === days),
    );
  }
  await goOn('200 days 1 hour');
  await journey.until('the end', ({ project }) => project.releases['rel1']?.destroyed);
  const { project } = await journey.world();
  expect(project.expiryWarnings.filter(({ id }) => id === 'rel1').map(({ days }) => days)).toEqual([
    30, 7, 1,
  ]);
  expect(await vault.keys.has('release', `${journey.project}/rel1`)).toBe(false);
  const mails = await setting.db.query<{ purpose: string }>(
    `select mail ->> 'purpose' as purpose from parley.outbox where kind = 'mail' and stream = $1 order by id`,
    [journey.project],
  );
  const told = mails.map(({ purpose }) => purpose);
  // Each warning to the holder and to the lead, the certificate to the holder.
  expect(told.filter((purpose) => purpose === 'EXPIRY_WARNING')).toHaveLength(6);
  expect(told.filter((purpose) => purpose === 'DESTRUCTION_CERTIFICATE').length).toBeGreaterThan(0);
});
