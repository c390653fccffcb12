// Puts the courier together: one listener, a relay of wakes, a queue of mails, and two addresses for whoever watches it.
import { Module } from '@nestjs/common';
import type { DynamicModule, INestApplication } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { Logger } from 'pino';
import { openKeyDirectory, openLedger } from '#libs/ledger';
import { Languages } from '#libs/language';
import type { Language } from '#libs/language';
import { openTransport } from '#libs/mail';
import type { Dkim } from '#libs/mail';
import { listenForBounces } from './bounces/listener';
import { ReturnPaths } from './bounces/return-path';
import { HealthController, Needs } from './health.controller';
import { Alerting } from './log/alerting';
import { Auditing } from './log/auditing';
import { Sequencing } from './log/sequencing';
import { dispatchMail } from './mail/dispatch';
import { openMailQueue } from './mail/queue';
import { Sending } from './mail/sending';
import { Pump } from './pump';
import { Relay } from './relay/relay';
import { openWaker } from './relay/waker';

export interface CourierSettings {
  databaseUrl: string;
  temporal: { address: string; namespace: string; taskQueue?: string };
  smtpUrl: string;
  from: string;
  /** Where answers to mails go; to the sender where nothing is said. */
  replyTo?: string | undefined;
  /** Who is told when gates were closed; nobody but the log where there is nobody. */
  alertTo?: readonly string[];
  /** What the mail server takes; 100 where nothing is said. */
  mailsPerSecond?: number;
  /** Mail that comes back: the address it comes back to, and the port at which it is taken. */
  bounces?: { address: string; port: number };
  dkim?: Dkim;
  portalUrl: string;
  /** What mails speak; English where nothing is said. */
  language?: Language;
  /** The directory of the log's key and last signed head. */
  logDirectory: string;
  /** How often to look for waiting entries without having heard of one, in milliseconds. */
  sequenceEvery?: number;
  /** How often some streams are compared with their log and read models, in milliseconds. */
  auditEvery?: number;
  /** How often it is looked whether heads are due to be mailed, in milliseconds. */
  headsEvery?: number;
  /** How often witnesses are asked to cosign, in milliseconds. */
  witnessEvery?: number;
  /** How often to look without a hint, in milliseconds. */
  pollEvery?: number;
  /** How often to look for streams whose wake was lost, in milliseconds. */
  sweepEvery?: number;
  /** How long a dead courier's mail is held, in milliseconds. */
  lockDuration?: number;
}

/** Mails that are ordered together go to the queue as one job: each costs it a dozen statements and more. */
const MAILS_REST_MS = 25;
/** A job's most mails, or those of a tenth of a second where that is fewer: urgent ones wait for those in hand, and for no others. */
const MAILS_AT_ONCE = 20;
/** Entries are taken into the log together, and well within a second. */
const SEQUENCE_REST_MS = 400;

@Module({})
class CourierModule {
  static of(needs: Needs): DynamicModule {
    return {
      module: CourierModule,
      controllers: [HealthController],
      providers: [{ provide: Needs, useValue: needs }],
    };
  }
}

export interface Courier {
  app: INestApplication;
  /** Where mail that comes back is taken. */
  bouncePort?: number;
  close: () => Promise<void>;
}

/** The courier at work, its health addresses ready to listen. Starts with SMTP and Temporal away; needs the database. */
export async function createCourier(settings: CourierSettings, log: Logger): Promise<Courier> {
  const opened = await openLedger({ url: settings.databaseUrl, poolSize: 8 });
  const { outbox, dataSource } = opened;
  const { dkim, bounces } = settings;
  const { mailsPerSecond = 100 } = settings;
  const transport = openTransport(settings.smtpUrl, { perSecond: mailsPerSecond, ...(dkim && { dkim }) });
  const returnPaths = bounces && new ReturnPaths(bounces.address, await outbox.returnPathKey());
  const { address, namespace, taskQueue } = settings.temporal;
  const waker = openWaker(address, namespace, taskQueue);
  const { from, replyTo, portalUrl, language = new Languages().first } = settings;
  const back = returnPaths === undefined ? {} : { returnPaths };
  const sending = new Sending({ opened, transport, from, replyTo, portalUrl, language, log, ...back });
  const listener =
    bounces &&
    returnPaths &&
    (await listenForBounces({
      ...{ port: bounces.port, paths: returnPaths, log },
      note: ({ outbox: id, commitment }, status) => outbox.bounced(id, commitment, status),
    }));
  const queue = await openMailQueue({
    databaseUrl: settings.databaseUrl,
    log,
    send: sending.send,
    givenUp: (ids, reason) => outbox.giveUp(ids, reason),
    ...(settings.lockDuration === undefined ? {} : { lockDuration: settings.lockDuration }),
  });
  const relay = new Relay(outbox, waker, log);
  const { pollEvery = 2_000, sweepEvery = 30_000 } = settings;
  const wakes = new Pump({ name: 'wakes', every: pollEvery, log, pass: relay.relay });
  const mails = new Pump({
    name: 'mails',
    every: pollEvery,
    rest: MAILS_REST_MS,
    log,
    pass: () => dispatchMail(outbox, queue, Math.min(MAILS_AT_ONCE, Math.ceil(mailsPerSecond / 10))),
  });
  const sweep = new Pump({ name: 'sweep', every: sweepEvery, log, pass: relay.sweep });
  const { logDirectory, sequenceEvery = 5_000 } = settings;
  const sequencing = new Sequencing(dataSource, openKeyDirectory(logDirectory), log, mails.hint);
  const sequence = new Pump({
    name: 'log',
    every: sequenceEvery,
    rest: Math.min(SEQUENCE_REST_MS, sequenceEvery),
    log,
    pass: sequencing.pass,
  });
  const stopListening = await outbox.listen(() => {
    wakes.hint();
    mails.hint();
    sequence.hint();
  });
  const auditing = new Auditing(dataSource, log);
  const audit = new Pump({ name: 'audit', every: settings.auditEvery ?? 60_000, log, pass: auditing.pass });
  const alerting = new Alerting({ dataSource, transport, from, to: settings.alertTo ?? [], language });
  const alerts = new Pump({ name: 'alerts', every: settings.auditEvery ?? 60_000, log, pass: alerting.pass });
  const witness = new Pump({
    name: 'witness',
    every: settings.witnessEvery ?? 60_000,
    log,
    pass: sequencing.witness,
  });
  const heads = new Pump({
    name: 'heads',
    every: settings.headsEvery ?? 3_600_000,
    log,
    pass: sequencing.mailHeads,
  });
  const pumps = [wakes, mails, sweep, sequence, audit, alerts, witness, heads];
  for (const pump of pumps) pump.start();

  const needs = new Needs({
    database: () => dataSource.query('select 1 from parley.outbox limit 1'),
    temporal: () => waker.probe(),
    smtp: () => transport.verify(),
    log: sequencing.probe,
  });
  const app = await NestFactory.create(CourierModule.of(needs), {
    logger: ['error', 'warn'],
    abortOnError: false,
  });
  await app.init();
  const close = async () => {
    await stopListening();
    await listener?.close();
    await Promise.all(pumps.map((pump) => pump.stop()));
    await queue.close();
    transport.close();
    await waker.close();
    await app.close();
    await opened.close();
  };
  return { app, close, ...(listener ? { bouncePort: listener.port } : {}) };
}
