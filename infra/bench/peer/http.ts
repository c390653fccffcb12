// The peer of P1: the same HTTP server, one row lock, the same rows inserted, nothing decided.
import 'reflect-metadata';
import { Controller, Get, Module, Post, Req, Res } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { Request, Response } from 'express';
import { Pool } from 'pg';

/** Rows by table, as one decision wrote them. */
type Rows = Record<string, unknown[]>;

const pool = new Pool({ connectionString: process.env.DATABASE_URL, max: Number(process.env.POOL ?? 10) });
const rows = JSON.parse(process.env.ROWS ?? '{}') as Rows;

@Controller()
class Peer {
  @Get('readyz')
  ready(@Res() response: Response): void {
    response.json({ ready: true });
  }

  @Post(':lock')
  async write(@Req() request: Request<{ lock: string }>, @Res() response: Response): Promise<void> {
    const client = await pool.connect();
    try {
      await client.query('begin');
      await client.query('select 1 from bench.lock where id = $1 for update', [request.params.lock]);
      for (const [table, written] of Object.entries(rows)) {
        const sql = `insert into bench.${table} select * from json_populate_recordset(null::bench.${table}, $1)`;
        await client.query(sql, [JSON.stringify(written)]);
      }
      await client.query('commit');
    } finally {
      client.release();
    }
    response.redirect(303, '/done');
  }
}

@Module({ controllers: [Peer] })
class PeerModule {}

async function main(): Promise<void> {
  const app = await NestFactory.create<NestExpressApplication>(PeerModule, { logger: false });
  app.useBodyParser('urlencoded', { extended: false });
  await app.listen(Number(process.env.PORT), '127.0.0.1');
  process.once('SIGTERM', () => void app.close().then(() => pool.end()));
}

void main();
