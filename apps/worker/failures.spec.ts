// Errors on their way into histories and logs: names and places, never what they carry.
import { MockActivityEnvironment } from '@temporalio/testing';
import { pino } from 'pino';
import { withoutWords } from './failures';

describe('an error of an activity', () => {
  it('T12: enters the history by its name only, and the log without the parameters of a failed query', async () => {
    const lines: string[] = [];
    const log = pino({ level: 'warn' }, { write: (line) => void lines.push(line) });
    const environment = new MockActivityEnvironment(undefined, { interceptors: [withoutWords(log)] });
    class QueryFailed extends Error {
      override readonly name = 'QueryFailed';
      readonly parameters = ['half of a key'];
    }
    const failing = () => Promise.reject(new QueryFailed('connection lost at 10.0.0.7'));
    const error = await environment.run(failing).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ type: 'QueryFailed', message: "see the worker's log" });
    expect(JSON.stringify(error)).not.toContain('10.0.0.7');
    expect(lines.join()).toContain('connection lost');
    expect(lines.join()).not.toContain('half of a key');
  });
});
