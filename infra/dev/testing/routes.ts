// What a Nest application answers to, read from its own router: a test that walks pages cannot forget one that is registered.

interface Layer {
  route?: { path: string; methods: Record<string, boolean> };
}

/** As `GET /register/:project`, in the order they are matched. */
export function routesOf(app: { getHttpAdapter(): { getInstance(): unknown } }): string[] {
  const { router } = app.getHttpAdapter().getInstance() as { router: { stack: Layer[] } };
  return router.stack.flatMap(({ route }) =>
    Object.keys(route?.methods ?? {}).map((method) => `${method.toUpperCase()} ${route?.path ?? ''}`),
  );
}

/** Which of the routes answers to what was asked, as `GET /register/prj_a?x=y`; '' where none does. */
export function routeFor(asked: string, routes: readonly string[]): string {
  const [plain = ''] = asked.split('?');
  return routes.find((route) => new RegExp(`^${route.replace(/:\w+/g, '[^/]+')}$`).test(plain)) ?? '';
}
