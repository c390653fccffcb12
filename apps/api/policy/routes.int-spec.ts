// A route without a policy fails the build; so does an action that no route names.
import 'reflect-metadata';
import { CONTROLLERS } from '../app.module';
import { PERMISSIONS } from './actions';
import { POLICY } from './does';
import type { Policy } from './does';

interface Route {
  name: string;
  policy: Policy | undefined;
  method: number;
}

/** Nest keeps a route's path as metadata on its handler. */
const routes: Route[] = CONTROLLERS.flatMap((controller) => {
  const handlers = Object.entries(Object.getOwnPropertyDescriptors(controller.prototype)).filter(
    ([name, { value }]) =>
      name !== 'constructor' && typeof value === 'function' && Reflect.hasMetadata('path', value as object),
  );
  return handlers.map(([name, { value }]) => ({
    name: `${controller.name}.${name}`,
    policy: Reflect.getMetadata(POLICY, value as object) as Policy | undefined,
    method: Reflect.getMetadata('method', value as object) as number,
  }));
});
const GET = 0;

it('finds the routes at all', () => {
  expect(routes.length).toBeGreaterThan(60);
});

it.each(routes)('$name has a policy', ({ policy }) => {
  expect(policy === 'public' || (policy !== undefined && policy in PERMISSIONS)).toBe(true);
});

it.each(routes.filter((r) => r.policy !== 'public'))(
  '$name asks for the scope of its method',
  ({ policy, method }) => {
    const scope = PERMISSIONS[policy as keyof typeof PERMISSIONS].scope;
    expect(scope).toBe(method === GET ? 'read' : 'write');
  },
);

it('only health, the log, the public register, the sign-in itself and files on proof of a link are public', () => {
  const open = routes.filter((r) => r.policy === 'public').map((r) => r.name);
  expect(open).toEqual([
    ...['HealthController.alive', 'HealthController.ready'],
    ...['LogController.checkpoint', 'LogController.keys', 'LogController.handovers', 'LogController.tile'],
    'LinkedFilesController.get',
    ...['RegisterController.list', 'RegisterController.show', 'RegisterController.datasets'],
    ...['SignInController.asset', 'SignInController.show', 'SignInController.start'],
    ...['SignInController.callback', 'SignInController.choose'],
  ]);
});

it('every action has a route', () => {
  const used = new Set(routes.map((r) => r.policy));
  expect(Object.keys(PERMISSIONS).filter((action) => !used.has(action as Policy))).toEqual([]);
});
