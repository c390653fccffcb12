// Puts the portal together: two sets of connections (one that cannot write), the pages, and the walls around them.
import { Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { Request } from 'express';
import type { Logger } from 'pino';
import { openLedger } from '#libs/ledger';
import { AccessController } from './access/access.controller';
import { ArrivingController } from './arriving/arriving.controller';
import { PlainErrors } from './http/errors';
import { speak } from './http/language';
import { formParser, securityHeaders } from '#libs/web/http';
import { Sessions } from './http/session';
import { PagesController } from './pages.controller';
import { ReadOnlyLedger, WritingLedger } from './ledgers';
import { Reading } from './reading';
import { AgainController } from './receipts/again.controller';
import { RegisterController } from './register/register.controller';
import { PortalSettings } from './settings';
import { Recording } from './signing/recording';
import { SigningController } from './signing/signing.controller';
import { VerifyingController } from './verifying/verifying.controller';
import { DelegatingController } from './delegating/delegating.controller';
import { DeputiesController } from './delegating/deputies.controller';
import { HandingOn } from './delegating/handing';
import { ConfirmingController } from './confirming/confirming.controller';
import { EvidenceController } from './evidence/evidence.controller';
import { Depositing } from './deposits/depositing';
import { DepositsController } from './deposits/deposits.controller';
import { RequestsController } from './requests/requests.controller';
import { Deciding } from './waiting/deciding';
import { WaitingController } from './waiting/waiting.controller';
import { GrantsController } from './withdrawing/grants.controller';
import { WithdrawingController } from './withdrawing/withdrawing.controller';

/** A deposit of the largest size over a slow line. */
const SLOWEST_UPLOAD_MS = 6 * 60 * 60 * 1000;

export interface PortalParts {
  databaseUrl: string;
  settings: PortalSettings;
  log: Logger;
}

@Module({})
class PortalModule {
  static of(writing: WritingLedger, readOnly: ReadOnlyLedger, settings: PortalSettings): DynamicModule {
    return {
      module: PortalModule,
      controllers: [
        ArrivingController,
        WithdrawingController,
        WaitingController,
        DelegatingController,
        GrantsController,
        RequestsController,
        DepositsController,
        EvidenceController,
        ConfirmingController,
        DeputiesController,
        SigningController,
        AgainController,
        AccessController,
        RegisterController,
        VerifyingController,
        PagesController,
      ],
      providers: [
        ...[Reading, Recording, Deciding, HandingOn, Depositing, Sessions],
        { provide: WritingLedger, useValue: writing },
        { provide: ReadOnlyLedger, useValue: readOnly },
        { provide: PortalSettings, useValue: settings },
      ],
    };
  }
}

export interface Portal {
  app: NestExpressApplication;
  close: () => Promise<void>;
}

/** The portal, ready to listen. */
export async function createPortal({ databaseUrl, settings, log }: PortalParts): Promise<Portal> {
  const writing = new WritingLedger(await openLedger({ url: databaseUrl }));
  const readOnly = new ReadOnlyLedger(await openLedger({ url: readOnlyUrl(databaseUrl) }));
  const module = PortalModule.of(writing, readOnly, settings);
  const app = await NestFactory.create<NestExpressApplication>(module, {
    bodyParser: false,
    logger: ['error', 'warn'],
    abortOnError: false,
  });
  app.set('query parser', 'simple');
  app.set('etag', false);
  app.disable('x-powered-by');
  app.use(
    speak(settings.languages),
    ...securityHeaders(settings.isDevelopment),
    ...formParser({ isUpload, isLong }),
  );
  app.useGlobalFilters(new PlainErrors(log));
  await app.init();
  app.getHttpServer().requestTimeout = SLOWEST_UPLOAD_MS;
  const close = async () => {
    app.getHttpServer().closeIdleConnections();
    await app.close();
    await Promise.all([writing.close(), readOnly.close()]);
  };
  return { app, close };
}

/** The one address a form with a file is posted to. */
const isUpload = ({ path, method }: Request): boolean =>
  method === 'POST' && /^\/deposit\/.+\/file$/.test(path);

/** The answer to a data request says something of each of its fields. */
const isLong = ({ path }: Request): boolean => path.startsWith('/request/');

/** Connections on which Postgres refuses every write: what GET and HEAD use (DESIGN § The sign-off protocol, 3). */
export function readOnlyUrl(databaseUrl: string): string {
  const url = new URL(databaseUrl);
  const options = url.searchParams.get('options');
  url.searchParams.set(
    'options',
    `${options === null ? '' : `${options} `}-c default_transaction_read_only=on`,
  );
  return url.href;
}
