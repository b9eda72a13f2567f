/** An answer of the public API that was not a success: the problem as it came. */
export class ApiRefusal extends Error {
  override readonly name = 'ApiRefusal';
  readonly status: number;
  readonly problem: Readonly<Record<string, unknown>>;

  constructor(status: number, problem: Readonly<Record<string, unknown>>) {
    super(`${status} ${codeOf(problem)}`);
    this.status = status;
    this.problem = problem;
  }
}

const codeOf = ({ code }: Readonly<Record<string, unknown>>): string =>
  typeof code === 'string' ? code : '';

const deadlineMs = 20_000;

/** One person at the public API, as any program would be: signed in, cookie and CSRF token kept. */
export class ApiClient {
  readonly #origin: string;
  #cookie = '';
  #csrf = '';

  constructor(origin: string) {
    this.#origin = origin;
  }

  async signIn(username: string, password: string): Promise<void> {
    const answer = await this.call<{ csrfToken: string }>('POST', '/auth/login', {
      username,
      password,
    });
    this.#csrf = answer.csrfToken;
  }

  async call<T>(method: string, path: string, body?: unknown): Promise<T> {
    const response = await fetch(`${this.#origin}/api/v1${path}`, {
      method,
      headers: {
        accept: 'application/json',
        origin: this.#origin,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(this.#cookie === '' ? {} : { cookie: this.#cookie, 'x-yunheng-csrf': this.#csrf }),
      },
      signal: AbortSignal.timeout(deadlineMs),
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const [cookie] = response.headers.getSetCookie();
    if (cookie !== undefined) this.#cookie = cookie.slice(0, cookie.indexOf(';'));
    const answer: unknown = await response.json();
    if (!response.ok) throw new ApiRefusal(response.status, answer as Record<string, unknown>); // problem+json is an object
    return answer as T; // the caller names the procedure whose output this is
  }
}
