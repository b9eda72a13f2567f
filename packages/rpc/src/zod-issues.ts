import type { Issue } from '@yunheng/kernel/errors';
import type { ZodError } from 'zod';

type ZodIssue = ZodError['issues'][number];

/** Schema problems in the product's own codes: all of them at once, each with the figures for its text. */
export function issuesOfZod(error: ZodError): readonly Issue[] {
  return error.issues.slice(0, 50).flatMap(issuesOf);
}

function issuesOf(issue: ZodIssue): readonly Issue[] {
  const path = issue.path.map(String).join('.');
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.slice(0, 10).map((key) => {
      const field = key.slice(0, 64);
      return { path: joined(path, field), code: 'input.unknown_field', params: { field } };
    });
  }
  return [{ path, ...problemOf(issue) }];
}

function problemOf(issue: Exclude<ZodIssue, { code: 'unrecognized_keys' }>): Omit<Issue, 'path'> {
  switch (issue.code) {
    case 'invalid_type':
      return typeProblem(issue);
    case 'too_big':
      return isSized(issue.origin)
        ? { code: 'input.too_long', params: { maximum: Number(issue.maximum) } }
        : { code: 'input.too_big', params: { maximum: Number(issue.maximum) } };
    case 'too_small':
      return isSized(issue.origin)
        ? { code: 'input.too_short', params: { minimum: Number(issue.minimum) } }
        : { code: 'input.too_small', params: { minimum: Number(issue.minimum) } };
    case 'invalid_value':
      return {
        code: 'input.not_allowed',
        params: { allowed: issue.values.map(String).join(', ') },
      };
    case 'invalid_format':
      return { code: 'input.format', params: { format: issue.pattern ?? issue.format } };
    case 'invalid_union':
      return unionProblem(issue);
    case 'custom':
    case 'invalid_element':
    case 'invalid_key':
    case 'not_multiple_of':
      return { code: 'input.format', params: { format: issue.code } };
  }
}

function typeProblem(issue: Extract<ZodIssue, { code: 'invalid_type' }>): Omit<Issue, 'path'> {
  if (issue.input === undefined && issue.message.endsWith('received undefined')) {
    return { code: 'input.required', params: {} };
  }
  if (issue.expected === 'int') return { code: 'quantity.not_integer', params: {} };
  return { code: 'input.wrong_type', params: { expected: issue.expected } };
}

/** Of a union that a field decides, the words that the field may have. */
function unionProblem(issue: Extract<ZodIssue, { code: 'invalid_union' }>): Omit<Issue, 'path'> {
  const options = 'options' in issue ? issue.options : undefined;
  return options === undefined
    ? { code: 'input.format', params: { format: issue.code } }
    : { code: 'input.not_allowed', params: { allowed: options.map(String).join(', ') } };
}

const isSized = (origin: string): boolean => ['string', 'array', 'set', 'map'].includes(origin);

const joined = (path: string, field: string): string => (path === '' ? field : `${path}.${field}`);
