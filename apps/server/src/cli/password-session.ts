import { once } from 'node:events';
import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import type { DomainError } from '@yunheng/kernel/errors';
import { err, ok, type Result } from '@yunheng/kernel/result';
import { translate } from '@yunheng/messages/translate';
import { demoIdentities, login } from '@yunheng/rpc/contract/auth';
import { done } from '@yunheng/rpc/contract/common';
import { ConfigError } from '../config.ts';
import { connect, problemOf, type Client } from './client.ts';
import type { Invocation } from './verb.ts';

/** What a call made in a session sends along instead of a token. */
type SessionHeaders = Readonly<Record<string, string>>;

/** Tokens are made and revoked by a person with a password, never by a token; the session lasts for the verb. */
export async function withSession<T>(
  invocation: Invocation,
  username: string,
  run: (client: Client, headers: SessionHeaders) => Promise<Result<T, DomainError>>,
): Promise<Result<T, DomainError>> {
  const client = connect(invocation);
  const password = await passwordFor(invocation, client, username);
  const session = await openSession(client, { username, password });
  if (!session.ok) return session;
  const headers = session.value;
  try {
    return await run(client, headers);
  } finally {
    await client.send({ method: 'POST', path: '/auth/logout', headers, body: {} }, done);
  }
}

/** The demo offers its passwords on the login page; here nobody has to copy one. */
async function passwordFor(
  invocation: Invocation,
  client: Client,
  username: string,
): Promise<string> {
  const given = invocation.env['YUNHENG_PASSWORD'];
  if (given !== undefined) return given;
  const offered = await client.send(
    { method: 'GET', path: '/auth/demo-identities', headers: withoutToken },
    demoIdentities.output,
  );
  const own = offered.ok ? offered.value.find((one) => one.username === username) : undefined;
  if (own !== undefined) return own.password;
  const { locale } = invocation.terminal;
  const typed = await askHidden(translate(locale, 'cli.askPassword', { username }));
  if (typed === null) throw new ConfigError(translate(locale, 'cli.noPassword'));
  return typed;
}

/** A saved token that has ended must not stand in the way of a new one. */
const withoutToken = { authorization: '' };

async function openSession(
  client: Client,
  input: { username: string; password: string },
): Promise<Result<SessionHeaders, DomainError>> {
  const sent = { method: 'POST', path: '/auth/login', body: input, headers: withoutToken } as const;
  const response = await client.raw(sent);
  if (!response.ok) return err(await problemOf(response));
  const { csrfToken } = login.output.parse(await response.json());
  const cookie = (response.headers.getSetCookie()[0] ?? '').split(';')[0] ?? '';
  return ok({ ...withoutToken, cookie, 'x-yunheng-csrf': csrfToken });
}

/** What is typed is not shown; null when the input ends without a line. */
async function askHidden(question: string): Promise<string | null> {
  process.stderr.write(question);
  const nowhere = new Writable({ write: (_chunk, _encoding, next) => next() });
  const lines = createInterface({ input: process.stdin, output: nowhere, terminal: true });
  try {
    const ended = once(lines, 'close').then(() => null);
    return await Promise.race([lines.question(''), ended]);
  } finally {
    lines.close();
    process.stderr.write('\n');
  }
}
