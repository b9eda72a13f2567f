import type { Problem } from '@yunheng/ui/notice';
import { itemAmountProblem } from '@yunheng/domain/quota/check-content';
import type { Issue } from '@yunheng/kernel/errors';
import { parseQuantity } from '@yunheng/messages/format/parse-quantity';
import { resourceDisplay } from '@yunheng/messages/format/resource';
import type { CatalogItem } from '../../api/types.ts';
import { issueText } from '../../present-error.ts';
import type { Texts } from '../../text/texts.ts';
import { allocationOf, checkForm, itemOf } from './form-model.ts';
import type { FormLine, FormState, Inputs } from './form-model.ts';

/** Where each problem has its field. The summary links there, and the field says it again. */
export const fieldIds = {
  system: 'field-system',
  node: 'field-node',
  allocation: 'field-allocation',
  reason: 'field-reason',
  lines: 'add-line',
  item: (key: number) => `line-${key}-item`,
  amount: (key: number) => `line-${key}-amount`,
  pool: (key: number) => `line-${key}-pool`,
};

/** Every problem at once, in the order of the page: first what is not filled in, then what the rules say. */
export function problemsOf(form: FormState, inputs: Inputs, texts: Texts): Problem[] {
  const { t } = texts;
  const problems: Problem[] = [];
  if (form.systemId === '')
    problems.push({ fieldId: fieldIds.system, text: t('request.formNeedSystem') });
  if (form.kind !== 'new' && allocationOf(form, inputs) === undefined)
    problems.push({ fieldId: fieldIds.allocation, text: t('request.formNeedAllocation') });
  if (form.kind === 'new' && form.cloudNodeId === '')
    problems.push({ fieldId: fieldIds.node, text: t('request.formNeedNode') });
  if (form.reason.trim() === '')
    problems.push({ fieldId: fieldIds.reason, text: t('request.formNeedReason') });
  if (form.kind !== 'release') {
    if (form.lines.length === 0)
      problems.push({ fieldId: fieldIds.lines, text: t('request.formNeedLine') });
    for (const line of form.lines) {
      const wrong = wrongAmount(line, { form, inputs, texts });
      if (wrong !== undefined)
        problems.push({
          fieldId: fieldIds.amount(line.key),
          text: `${nameOf(form, inputs, texts, line.key)}${wrong}`,
        });
    }
  }
  const seen = new Set(problems.map((problem) => problem.fieldId));
  // A line that is still incomplete is not "no line".
  const issues = checkForm(form, inputs).filter((issue) => issue.code !== 'request.no_lines');
  const ruled = fromIssues(issues, { form, inputs, texts }).filter(
    (problem) => !seen.has(problem.fieldId),
  );
  return [...problems, ...ruled];
}

type Place = { form: FormState; inputs: Inputs; texts: Texts };

/** An amount can be wrong before anybody knows where it would stand. */
function wrongAmount(line: FormLine, { form, inputs, texts }: Place): string | undefined {
  const item = itemOf(inputs, line);
  if (line.amount === undefined) return unreadable(line, item, texts);
  const problem = item === undefined ? null : itemAmountProblem(form.kind, item, line.amount);
  return problem === null ? undefined : issueText(texts, problem);
}

/** A number that is no whole number of the smallest unit is told apart from what is no number. */
function unreadable(line: FormLine, item: CatalogItem | undefined, texts: Texts): string {
  if (item === undefined) return texts.t('request.formNeedAmount');
  const { resource, step } = item;
  const rounded = line.text.replace(/[.．]\d+/u, '.0');
  return parseQuantity(rounded, resourceDisplay[resource].column) === undefined
    ? texts.t('request.formNeedAmount')
    : issueText(texts, { code: 'quantity.not_step', params: { resource, step } });
}

/** Issues of the server or of the rules, as problems of this form. */
export function fromIssues(issues: readonly Issue[], place: Place): Problem[] {
  const placed = issues.map((issue) => ({
    fieldId: fieldOf(issue.path, place.form),
    text: `${prefixOf(issue.path, place)}${issueText(place.texts, issue)}`,
  }));
  return placed.filter(
    (problem, index) =>
      placed.findIndex(
        (other) => other.fieldId === problem.fieldId && other.text === problem.text,
      ) === index,
  );
}

function fieldOf(path: string, form: FormState): string {
  const match = /^lines\.(\d+)\.(\w+)$/u.exec(path);
  const key = form.lines[Number(match?.[1] ?? -1)]?.key;
  if (match !== null && key !== undefined) {
    if (match[2] === 'amount') return fieldIds.amount(key);
    return match[2] === 'itemVersionId' || match[2] === 'resource'
      ? fieldIds.item(key)
      : fieldIds.pool(key);
  }
  if (path.startsWith('lines')) return fieldIds.lines;
  if (path === 'systemId') return fieldIds.system;
  if (path === 'allocationId') return fieldIds.allocation;
  return fieldIds.reason;
}

function prefixOf(path: string, place: Place): string {
  const match = /^lines\.(\d+)/u.exec(path);
  const key = place.form.lines[Number(match?.[1] ?? -1)]?.key;
  return key === undefined ? '' : nameOf(place.form, place.inputs, place.texts, key);
}

/** `CPU：` before what is wrong with that line. */
function nameOf(...[form, inputs, texts, key]: [FormState, Inputs, Texts, number]): string {
  const line = form.lines.find((entry) => entry.key === key);
  const item = line === undefined ? undefined : itemOf(inputs, line);
  if (item === undefined) return '';
  return texts.locale === 'zh-CN' ? `${item.nameZh}：` : `${item.nameEn}: `;
}
