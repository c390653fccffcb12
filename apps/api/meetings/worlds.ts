// All projects of a programme at once, for what the core team talks about.
import { Injectable } from '@nestjs/common';
import type { World } from '#libs/domain';
import { projectsOf } from '#libs/ledger';
import { LedgerHandle } from '../ledger/handle';

/** As many as a meeting can look at; the lists of projects and moves show all of them. */
const MOST = 100;

@Injectable()
export class Worlds {
  constructor(private readonly handle: LedgerHandle) {}

  async of(programme: string): Promise<World[]> {
    const { items } = await projectsOf(this.handle.source, programme, { after: '', limit: MOST });
    const read = await Promise.all(items.map(({ id }) => this.handle.ledger.world(id)));
    return read.map(({ world }) => world);
  }
}
