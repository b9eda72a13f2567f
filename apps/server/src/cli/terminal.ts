import type { DomainError } from '@yunheng/kernel/errors';
import { errorText } from '@yunheng/messages/error-text';
import { negotiateLocale, type Locale } from '@yunheng/messages/locale';
import { dictionaries } from '@yunheng/messages/translate';

/** What the CLI says, in the language of the terminal; with `--json` one object on one line and nothing else. */
export class Terminal {
  readonly locale: Locale;
  readonly json: boolean;

  constructor(options: { json: boolean; env: Readonly<Record<string, string | undefined>> }) {
    const { env } = options;
    const language = env['YUNHENG_LANG'] ?? env['LC_ALL'] ?? env['LANG'] ?? '';
    this.locale = negotiateLocale(language.replace(/\..*$/u, '').replace('_', '-'));
    this.json = options.json;
  }

  /** For people; silent with `--json`. */
  say(text: string): void {
    if (!this.json) console.log(text);
  }

  /** For programs; silent without `--json`. */
  answer(value: unknown): void {
    if (this.json) console.log(JSON.stringify(value));
  }

  note(text: string): void {
    console.error(text);
  }

  fail(error: DomainError): void {
    const text = errorText(this.locale, dictionaries[this.locale], error);
    if (this.json) {
      const { code, params, issues = [], details = null } = error;
      console.log(JSON.stringify({ error: { code, params, issues, details, title: text } }));
      return;
    }
    console.error(`${text} (${error.code})`);
    for (const issue of error.issues ?? []) {
      console.error(`  ${issue.path}: ${errorText(this.locale, dictionaries[this.locale], issue)}`);
    }
  }

  /** Columns as wide as their widest cell; Chinese characters take two places. */
  table(rows: readonly (readonly string[])[]): void {
    const widths = (rows[0] ?? []).map((_, column) =>
      Math.max(...rows.map((row) => widthOf(row[column] ?? ''))),
    );
    for (const row of rows) {
      const cells = row.map(
        (cell, column) => cell + ' '.repeat((widths[column] ?? 0) - widthOf(cell)),
      );
      this.say(cells.join('  ').trimEnd());
    }
  }
}

const wide =
  /[\u1100-\u115F\u2E80-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60\uFFE0-\uFFE6]/u;

const widthOf = (text: string): number =>
  Array.from(text).reduce((width, letter) => width + (wide.test(letter) ? 2 : 1), 0);
