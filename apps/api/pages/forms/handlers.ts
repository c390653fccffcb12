// The API's own handlers, to which forms hand what they read: one way into the ledger, whoever asks.
import { Injectable } from '@nestjs/common';
import type { Type } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';

/** Forms are a table, and each row names the controller it is for; hence by class, and not one by one in a constructor. */
@Injectable()
export class Handlers {
  constructor(private readonly module: ModuleRef) {}

  of<C>(controller: Type<C>): C {
    return this.module.get(controller);
  }
}
