// Results: their tables and what has to be read with them, and their files, as far as the output check has let them go.
import { Controller, Get, Header, Param, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { resultStatus } from '#libs/domain';
import type { Response } from 'express';
import { besideView } from '../evidence/evidence.view';
import { ResultShown } from '../http/shown-outputs';
import { Calling, notFound, worldOf } from '../ledger/call';
import type { Call } from '../ledger/call';
import { conditionsView, reviewView } from '../outputs/check.view';
import { Shows } from '../policy/does';
import { collectionCaveatsOf } from './analysis.view';
import { caveatsView } from './caveats.view';
import { madeFile, madeNames, REPORT } from './made-files';
import { Reports } from './report';
import { analysisIn, Results } from './results';

/** A file opened by itself is a document: it may run nothing and fetch nothing. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox";
const TYPES: Record<string, string> = {
  svg: 'image/svg+xml',
  json: 'application/json',
  csv: 'text/csv; charset=utf-8',
  html: 'text/html; charset=utf-8',
};

@ApiTags('analyses')
@Controller('projects/:project/analyses/:analysis/result')
export class ResultsController {
  constructor(
    private readonly results: Results,
    private readonly reports: Reports,
  ) {}

  @Get()
  @Header('Cache-Control', 'no-store')
  @Shows(
    'result.read',
    'Shows a result: to checkers before the output check, afterwards to the programme',
    ResultShown,
  )
  async show(@Calling() call: Call, @Param('analysis') id: string) {
    const analysis = analysisIn(call, id);
    const files = await this.results.open(call, analysis);
    const json = (name: string): unknown => {
      const bytes = files.get(name);
      return bytes === undefined ? null : (JSON.parse(bytes.toString('utf8')) as unknown);
    };
    return {
      ...{ analysis: id, status: resultStatus(worldOf(call), analysis, call.now) },
      files: [...files].map(([name, bytes]) => ({ name, bytes: bytes.length })),
      ...{ made: madeNames(files), collectionCaveats: collectionCaveatsOf(call, id) },
      ...{ result: json('result.json'), findings: json('findings.json') },
      ...caveatsView(worldOf(call), analysis),
      conditions: conditionsView(call, analysis),
      review: reviewView(call, analysis),
      beside: besideView(call, id),
    };
  }

  @Get(':file')
  @Shows('result.read', 'Shows one file of a result: as it was signed, or made from that (CSV, report.html)')
  async file(
    @Calling() call: Call,
    @Param('analysis') id: string,
    @Param('file') name: string,
    @Res() response: Response,
  ) {
    const files = await this.results.open(call, analysisIn(call, id));
    const bytes =
      files.get(name) ??
      (name === REPORT ? await this.reports.of(call, id, files) : madeFile(files, name)) ??
      notFound('file', name.slice(0, 80));
    response.setHeader('Cache-Control', 'no-store');
    response.setHeader('Content-Security-Policy', POLICY);
    response.type(TYPES[name.split('.').at(-1) ?? ''] ?? 'application/octet-stream').send(bytes);
  }
}
