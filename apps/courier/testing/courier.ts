// A courier for a test's own database, inbox and log; and the link that a mail of it carries.
import type { ParsedMail } from 'mailparser';
import pino from 'pino';
import type { Setting } from '#libs/testing';
import { createCourier } from '../app';
import type { Courier, CourierSettings } from '../app';

export function courierFor(
  setting: Setting,
  { port, logDirectory }: { port: number; logDirectory: string },
  more: Partial<CourierSettings> = {},
): Promise<Courier> {
  return createCourier(
    {
      databaseUrl: setting.db.urls.COURIER,
      temporal: {
        address: process.env.TEMPORAL_ADDRESS ?? '',
        namespace: 'default',
        taskQueue: `courier-test-${setting.programme}`,
      },
      smtpUrl: `smtp://127.0.0.1:${port}`,
      from: 'Parley <parley@example.org>',
      portalUrl: 'https://portal.example.org',
      logDirectory,
      sequenceEvery: 100,
      pollEvery: 200,
      sweepEvery: 1000,
      lockDuration: 2000,
      ...more,
    },
    pino({ level: process.env.TEST_LOG ?? 'silent' }),
  );
}

export const tokenIn = (mail: ParsedMail | undefined): string =>
  /\/s\/([A-Za-z0-9_-]{43})/.exec(mail?.text ?? '')?.[1] ?? '';
