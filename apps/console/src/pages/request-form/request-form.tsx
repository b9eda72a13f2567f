import { Show } from 'solid-js';
import type { JSX } from 'solid-js';
import { Notice, ProblemSummary } from '@yunheng/ui/notice';
import { ActError } from '../../parts/act-error.tsx';
import { PageHead } from '../../parts/page-head.tsx';
import { paths } from '../../path-builder.ts';
import { useTexts } from '../../text/texts.ts';
import { DraftConflict } from './draft-conflict.tsx';
import { DraftStatusLine } from './draft-status-line.tsx';
import { EffectPanel } from './effect-panel.tsx';
import { LinesSection } from './lines-section.tsx';
import { ReleaseDialog } from './release-dialog.tsx';
import { SendBar } from './send-bar.tsx';
import { Shortfalls } from './shortfalls.tsx';
import { TargetSection } from './target-section.tsx';
import { useBeginning } from './use-beginning.ts';
import { useRequestForm } from './use-request-form.ts';
import type { RequestFormProps } from './use-request-form.ts';
import { Warnings } from './warnings.tsx';

export function RequestForm(props: RequestFormProps): JSX.Element {
  const { t } = useTexts();
  const state = useRequestForm(props);
  const { form, inputs, draft, preview, submit, problems, problemAt } = state;
  const beginning = useBeginning(props, state);
  const isExplained = () => submit.problems().length > 0 || (submit.shortfalls() ?? []).length > 0;
  return (
    <>
      <PageHead
        title={t('request.formTitle')}
        crumbs={[
          {
            label: props.systems[0]?.department.name ?? t('shell.home'),
            href: paths.home(props.department),
          },
          { label: t('shell.requests'), href: paths.requests({ department: props.department }) },
        ]}
        sub={<DraftStatusLine status={draft.status()} />}
      />
      <div class="cols">
        <form
          class="form"
          novalidate
          onSubmit={(event) => {
            event.preventDefault();
            state.send();
          }}
        >
          <ProblemSummary
            title={t('request.formProblems', { count: problems().length })}
            problems={problems()}
          />
          <Show when={beginning.restored()}>
            <Notice title={t('request.formRestored')} />
          </Show>
          <DraftConflict form={form} draft={draft} />
          <TargetSection
            form={form}
            inputs={inputs()}
            systems={props.systems}
            systemLoaded={state.isSystemRead()}
            problemAt={problemAt}
          />
          <Show when={form.form.kind !== 'release'}>
            <LinesSection
              form={form}
              inputs={inputs()}
              problemAt={problemAt}
              onEnter={state.enter}
              onLeave={state.leave}
            />
          </Show>
          <Warnings warnings={preview.value()?.warnings ?? []} />
          <Shortfalls
            shortfalls={submit.shortfalls() ?? preview.value()?.shortfalls ?? []}
            form={form}
            inputs={inputs()}
            requestId={submit.failed()?.failure.requestId}
          />
          <Show when={!isExplained()}>
            <ActError failed={submit.failed()} />
          </Show>
          <SendBar
            department={props.department}
            draft={draft}
            busy={submit.busy()}
            holdText={preview.holdText()}
          />
        </form>
        <Show when={state.releasing()}>
          {(allocation) => (
            <ReleaseDialog
              open
              allocation={allocation()}
              busy={submit.busy()}
              onConfirm={state.confirmRelease}
              onClose={state.keepAllocation}
            />
          )}
        </Show>
        <EffectPanel
          department={props.department}
          form={form.form}
          inputs={inputs()}
          preview={preview.value()}
        />
      </div>
    </>
  );
}
