// Builds the running application; main.ts and the tests make the same one.
import { StandardSchemaValidationPipe } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { Request } from 'express';
import helmet from 'helmet';
import { formParser, securityHeaders } from '#libs/web/http';
import { AppModule } from './app.module';
import type { Foundations } from './app.module';
import { PAGES } from './pages/session';
import { BODY_LIMIT, notDeep, onlyJson, onlyUtf8 } from './http/body';
import { describeApi } from './openapi';
import { problem, ProblemError } from './problems/problem';

/** A deposit of the largest size over a slow line. */
const SLOWEST_UPLOAD_MS = 6 * 60 * 60 * 1000;

export async function createApp(foundations: Foundations): Promise<NestExpressApplication> {
  const app = await NestFactory.create<NestExpressApplication>(AppModule.on(foundations), {
    bodyParser: false,
    rawBody: true,
    logger: false,
    abortOnError: false,
  });
  // ETags here are versions of streams, never digests of pages.
  app.set('etag', false);
  app.use(helmet(HEADERS));
  app.use(PAGES, ...securityHeaders(foundations.settings.isDevelopment), ...formParser({ isLong }));
  app.use(onlyJson);
  app.useBodyParser('json', { limit: BODY_LIMIT, strict: true });
  app.use(onlyUtf8);
  app.use(notDeep);
  app.useGlobalPipes(new StandardSchemaValidationPipe({ exceptionFactory: misfit }));
  describeApi(app);
  await app.init();
  app.getHttpServer().requestTimeout = SLOWEST_UPLOAD_MS;
  return app;
}

/** A legal file alone has twelve parts of free text. */
const isLong = ({ path }: Request): boolean => path.includes('/do/');

/** Swagger's page needs inline styles and images from data; nothing comes from elsewhere. */
const HEADERS: Parameters<typeof helmet>[0] = {
  contentSecurityPolicy: {
    useDefaults: false,
    directives: {
      ...{
        defaultSrc: ["'self'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'", "'unsafe-inline'"],
      },
      ...{
        imgSrc: ["'self'", 'data:'],
        objectSrc: ["'none'"],
        frameAncestors: ["'none'"],
        baseUri: ["'none'"],
      },
    },
  },
  referrerPolicy: { policy: 'no-referrer' },
};

interface Issue {
  message: string;
  path?: readonly (PropertyKey | { key: PropertyKey })[] | undefined;
}

/** Every field that does not fit, by path; at most fifty, so that a hostile body gets no long answer. */
function misfit(issues: readonly Issue[]): ProblemError {
  const errors = issues.slice(0, 50).map(({ path, message }) => ({
    path: (path ?? []).map((part) => String(typeof part === 'object' ? part.key : part)).join('.'),
    message,
  }));
  const where = errors.map(({ path, message }) => (path === '' ? message : `${path}: ${message}`)).join('; ');
  return new ProblemError(
    problem(
      422,
      'SHAPE',
      `The request does not fit: ${where.slice(0, 1000)}.`,
      'Compare it with /openapi.json.',
      { errors },
    ),
  );
}
