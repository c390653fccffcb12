// How a ledger entry is shown to whoever watches the terminal.
import { lineFor } from './live';

it('says in words when what happened where', () => {
  const entry = {
    stream: 'prj_abc',
    version: 12,
    type: 'CheckpointOpened',
    at: new Date('2027-01-31T12:03:04.000Z'),
  };
  expect(lineFor(entry).replace(/ +/g, ' ')).toBe(' 12:03:04 project prj_abc #12 checkpoint opened');
});
