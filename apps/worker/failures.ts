// Keeps the words of errors out of workflow histories: the worker's log has them, the history has the error's name (T12).
import { ApplicationFailure, CancelledFailure } from '@temporalio/activity';
import type { ActivityInterceptorsFactory } from '@temporalio/worker';
import type { Logger } from 'pino';

/** Messages of databases and libraries may quote what they were given; histories stay readable for years. */
export function withoutWords(log: Logger): ActivityInterceptorsFactory {
  return ({ info }) => ({
    inbound: {
      async execute(input, next) {
        try {
          return await next(input);
        } catch (error) {
          if (error instanceof CancelledFailure || error instanceof ApplicationFailure) throw error;
          const { activityType, attempt, workflowExecution } = info;
          const where = { activityType, attempt, workflow: workflowExecution?.workflowId };
          log.warn({ ...where, ...described(error) }, 'will be tried again');
          const type = error instanceof Error ? error.name : 'Error';
          throw ApplicationFailure.create({ type, message: "see the worker's log" });
        }
      },
    },
  });
}

/** Name, code, message and place; never an error's other properties: a failed query carries its parameters, keys among them. */
function described(error: unknown): object {
  if (!(error instanceof Error)) return { error: typeof error };
  const code = 'code' in error && typeof error.code === 'string' ? { code: error.code } : {};
  return { error: error.name, ...code, message: error.message, stack: error.stack };
}
