// The catalogue of methods: what an analysis can be, and the parameters each takes.
import { Controller, Get } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { catalogue } from '#libs/statistics';
import { z } from 'zod';
import { Shows } from '../policy/does';
import { pageOf } from '../http/shown';
import { MethodShown } from './shown';

@ApiTags('methods')
@Controller('methods')
export class MethodsController {
  @Get()
  @Shows('methods.read', 'Lists the methods with the JSON Schema of their parameters', pageOf(MethodShown))
  list() {
    const items = Object.values(catalogue).map(({ name, params, ...method }) => ({
      ...{ id: name, name, version: method.version, title: method.title, description: method.description },
      ...{
        accepts: method.accepts,
        reports: method.reports,
        reference: method.reference,
        rules: method.rules,
        weights: method.weights,
      },
      params: z.toJSONSchema(params, { io: 'input', unrepresentable: 'any' }),
    }));
    return { items, next: null };
  }
}
