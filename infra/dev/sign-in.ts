// The development identity provider as a process of its own; production has a real one (OIDC_ISSUER).
import { startSignIn } from './sign-in/server';

function setting(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set; the development identity provider needs it`);
  return value;
}

async function main(): Promise<void> {
  if (setting('PARLEY_ENV') === 'production')
    throw new Error('This provider is for development. In production, set OIDC_ISSUER to your own.');
  const server = await startSignIn({
    port: Number(setting('PORT')),
    ...{ smtpUrl: setting('SMTP_URL'), mailFrom: setting('MAIL_FROM') },
    ...{ clientId: setting('OIDC_CLIENT_ID'), clientSecret: setting('OIDC_CLIENT_SECRET') },
    callback: `${setting('API_URL')}/app/sign-in/callback`,
  });
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => {
      server.closeAllConnections();
      server.close(() => process.exit(0));
    });
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
