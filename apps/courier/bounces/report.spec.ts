// Delivery status notifications (RFC 3464), and the return paths by which they find the mail they are about.
import { failureIn, permanentFailure } from './report';
import { ReturnPaths } from './return-path';
import { aReport } from '../testing/report';

const KEY = 'ab'.repeat(32);
const paths = new ReturnPaths('bounces@example.org', KEY);
const SENT = { outbox: '4711', commitment: 'c0ffee'.repeat(10) };

describe('a report', () => {
  it('of a mailbox that does not exist is a permanent failure, with its status', async () => {
    expect(await permanentFailure(Buffer.from(aReport({ action: 'failed', status: '5.1.1' })))).toBe('5.1.1');
  });

  it.each([
    ['delayed', '4.4.1'],
    ['failed', '4.4.7'],
    ['delivered', '2.0.0'],
    ['relayed', '2.0.0'],
  ])('that says %s with %s is none', async (action, status) => {
    expect(await permanentFailure(Buffer.from(aReport({ action, status })))).toBeNull();
  });

  it('that is an absence note, or no mail at all, is none', async () => {
    const note = 'From: a@b.example\r\nSubject: Away\r\n\r\nI am away. Status: 5.1.1\r\nAction: failed\r\n';
    expect(await permanentFailure(Buffer.from(note))).toBeNull();
    expect(await permanentFailure(Buffer.from('\u0000\u0001'))).toBeNull();
    expect(failureIn('')).toBeNull();
  });

  it('with folded fields, other line ends and several recipients is understood', () => {
    const group =
      'Final-Recipient: rfc822;\n  x@example.org\nACTION: Failed (no mailbox)\nStatus:\n 5.1.10 (null MX)';
    expect(failureIn(`Reporting-MTA: dns; a\n\nAction: delayed\nStatus: 4.0.0\n\n${group}\n`)).toBe('5.1.10');
    expect(failureIn(`Reporting-MTA: dns; a\r\n\r\n${group.replace(/\n/g, '\r\n')}`)).toBe('5.1.10');
  });
});

describe('a return path', () => {
  it('names its mail, however it is written on the way', () => {
    const named = { outbox: '4711', commitment: SENT.commitment.slice(0, 12) };
    expect(paths.read(paths.of(SENT))).toEqual(named);
    expect(paths.read(paths.of(SENT).toUpperCase())).toEqual(named);
  });

  it('T12: holds no personal data, and fits what mail servers take', () => {
    expect(paths.of(SENT)).toMatch(/^bounces\+4711-c0ffeec0ffee-[0-9a-f]{20}@example\.org$/);
    expect(paths.of({ ...SENT, outbox: '9'.repeat(18) }).split('@')[0]?.length).toBeLessThanOrEqual(64);
  });

  it('cannot be made up, changed or taken from another installation', () => {
    const real = paths.of(SENT);
    expect(paths.read(real.replace('4711', '4712'))).toBeNull();
    expect(paths.read(real.replace('-c0ffee', '-c1ffee'))).toBeNull();
    expect(new ReturnPaths('bounces@example.org', 'cd'.repeat(32)).read(real)).toBeNull();
    expect(paths.read('bounces@example.org')).toBeNull();
    expect(paths.read('')).toBeNull();
  });
});
