// Views with their words in place, for content that people sign.
import { Injectable } from '@nestjs/common';
import { LedgerHandle } from '../ledger/handle';
import { commitmentsIn, filled } from './said';

@Injectable()
export class Words {
  constructor(private readonly handle: LedgerHandle) {}

  /** The view with every text it names; erased ones are null. */
  async of<T>(view: T): Promise<T> {
    const texts = await this.handle.ledger.texts([...commitmentsIn(view)]);
    return filled(view, texts) as T;
  }
}
