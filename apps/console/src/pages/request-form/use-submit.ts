import { createEffect, createSignal, on } from 'solid-js';
import { useNavigate } from '@solidjs/router';
import { useQueryClient } from '@tanstack/solid-query';
import type { Problem } from '@yunheng/ui/notice';
import { api } from '../../api/client.ts';
import type { RequestContent, Shortfall } from '../../api/types.ts';
import { createAct } from '../../parts/act.ts';
import { paths } from '../../path-builder.ts';
import { useTexts } from '../../text/texts.ts';
import { toasts } from '../../toasts.ts';
import type { Form } from './create-form.ts';
import { completeLines } from './form-model.ts';
import type { Inputs } from './form-model.ts';
import { fromIssues } from './problems.ts';
import type { Draft } from './use-draft.ts';

export type SubmitOptions = {
  form: Form;
  inputs: () => Inputs;
  draft: Draft;
  content: () => RequestContent;
  department: () => string;
};

/** Sends the request once: the same content carries the same key, however often the button is pressed. */
export function useSubmit(options: SubmitOptions) {
  const texts = useTexts();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [key, setKey] = createSignal<string>(crypto.randomUUID());
  const act = createAct(async () => {
    // The draft that is being saved must arrive first: its version is part of what is submitted.
    await options.draft.saveNow();
    const answer = await api.requests.submit.mutate({
      ...options.draft.known(),
      content: options.content(),
      idempotencyKey: key(),
    });
    options.draft.forget();
    toasts.show({ text: texts.t('request.formSubmitted', { number: answer.number }) });
    await queries.invalidateQueries();
    navigate(paths.request(answer.id));
  });
  createEffect(
    on(
      options.form.changes,
      () => {
        setKey(crypto.randomUUID());
        act.forget();
      },
      { defer: true },
    ),
  );
  const problems = (): Problem[] => {
    const failed = act.failed();
    if (failed === undefined || failed.failure.issues.length === 0) return [];
    const complete = completeLines(options.form.form, options.inputs());
    const issues = failed.failure.issues.map((issue) => ({
      ...issue,
      path: issue.path.replace(
        /^(?:content\.)?lines\.(\d+)/u,
        (_, index: string) => `lines.${complete[Number(index)]?.index ?? index}`,
      ),
    }));
    return fromIssues(issues, { form: options.form.form, inputs: options.inputs(), texts });
  };
  return {
    run: () => act.run(),
    busy: act.busy,
    failed: act.failed,
    problems,
    /** Undefined until a submission was refused; then its shortfalls stand for the preview's. */
    shortfalls: (): readonly Shortfall[] | undefined => {
      const found = act.failed()?.failure.shortfalls;
      return found === undefined || found.length === 0 ? undefined : found;
    },
  };
}
