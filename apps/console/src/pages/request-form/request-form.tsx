import { Show, createEffect, createMemo, createSignal, on, onMount, untrack } from 'solid-js';
import type { JSX } from 'solid-js';
import { useLocation, useNavigate } from '@solidjs/router';
import { useQueryClient } from '@tanstack/solid-query';
import { Button } from '@yunheng/ui/button';
import { Notice, ProblemSummary } from '@yunheng/ui/notice';
import type { Problem } from '@yunheng/ui/notice';
import { api } from '../../api/client.ts';
import { useProcedure, valueOf } from '../../api/query.ts';
import type { CatalogItem, Offers, RequestDetail, SystemRow } from '../../api/types.ts';
import { ActError } from '../../parts/act-error.tsx';
import { PageHead } from '../../parts/page-head.tsx';
import { paths } from '../../path-builder.ts';
import { useTexts } from '../../text/texts.ts';
import { toasts } from '../../toasts.ts';
import { createForm } from './create-form.ts';
import { DraftStatusLine } from './draft-status-line.tsx';
import { EffectPanel } from './effect-panel.tsx';
import { fromContent, toContent } from './form-model.ts';
import type { Inputs } from './form-model.ts';
import { LinesSection } from './lines-section.tsx';
import { readLocally } from './local-draft.ts';
import { problemsOf } from './problems.ts';
import { Shortfalls } from './shortfalls.tsx';
import { TargetSection } from './target-section.tsx';
import { useDraft } from './use-draft.ts';
import { usePreview } from './use-preview.ts';
import { useSubmit } from './use-submit.ts';

export type RequestFormProps = {
  department: string;
  catalog: readonly CatalogItem[];
  offers: Offers;
  systems: readonly SystemRow[];
  /** The draft or returned request that is continued, or the one that is copied. */
  original: RequestDetail | undefined;
};

const continues = (original: RequestDetail) =>
  original.request.state === 'draft' || original.request.state === 'returned';

export function RequestForm(props: RequestFormProps): JSX.Element {
  const texts = useTexts();
  const { t } = texts;
  const navigate = useNavigate();
  const location = useLocation();
  const queries = useQueryClient();
  const search = new URLSearchParams(location.search);
  const [systemId, setSystemId] = createSignal('');
  const system = useProcedure({
    name: 'systems.get',
    input: () => (systemId() === '' ? undefined : { id: systemId() }),
    call: (input, options) => api.systems.get.query(input, options),
  });
  const inputs = createMemo((): Inputs => {
    const detail = systemId() === '' ? undefined : valueOf(system);
    const own = detail?.system.id === systemId() ? detail.allocations : [];
    return {
      catalog: props.catalog,
      offers: props.offers,
      allocations: own.filter((row) => row.state === 'active'),
    };
  });
  const form = createForm(inputs);
  createEffect(() => setSystemId(form.form.systemId));
  const content = () => toContent(form.form, inputs());
  const draft = useDraft({
    department: () => props.department,
    form,
    content,
    // The address names the draft from now on, without a new page: a reload finds it.
    onNamed: (id) =>
      history.replaceState(history.state, '', paths.newRequest(props.department, { from: id })),
  });
  const preview = usePreview(content);
  const [tried, setTried] = createSignal(false);
  const [restored, setRestored] = createSignal(false);
  const problems = createMemo((): Problem[] =>
    tried() ? problemsOf(form.form, inputs(), texts) : [],
  );
  const submit = useSubmit({ form, inputs, draft, content, department: () => props.department });
  const shown = () => (problems().length > 0 ? problems() : submit.problems());
  const problemAt = (fieldId: string) =>
    shown().find((problem) => problem.fieldId === fieldId)?.text;

  onMount(() => {
    const { original } = props;
    if (original !== undefined) {
      form.load(fromContent(original.content, form.nextKey));
      if (continues(original))
        draft.adopt({
          id: original.request.id,
          version: original.request.version,
          savedAt: original.request.updatedAt,
        });
    } else form.start();
    const kept = readLocally(
      props.department,
      original !== undefined && continues(original) ? original.request.id : undefined,
    );
    if (kept !== undefined) {
      form.load(kept.form);
      setRestored(true);
    }
    if (original === undefined && kept === undefined) applySearch();
  });

  /** A link from a system names what is to be done, and with which environment. */
  const applySearch = () => {
    const system = search.get('system');
    if (system === null || !props.systems.some((row) => row.id === system)) return;
    form.setSystem(system);
    const kind = search.get('kind');
    if (kind === 'change' || kind === 'release') form.setKind(kind);
  };
  // The environments of the system arrive after the link was read.
  createEffect(
    on(inputs, () => {
      const allocation = search.get('allocation');
      if (
        allocation !== null &&
        untrack(() => form.form.allocationId) === '' &&
        form.form.kind !== 'new' &&
        inputs().allocations.some((row) => row.id === allocation)
      )
        form.setAllocation(allocation);
    }),
  );

  const send = () => {
    setTried(true);
    if (problemsOf(form.form, inputs(), texts).length > 0) return;
    submit.run();
  };
  const leave = async () => {
    await draft.saveNow();
    navigate(paths.home(props.department));
  };
  const discard = async () => {
    const { id, version } = draft.known();
    if (id !== null && version !== null) await api.requests.discardDraft.mutate({ id, version });
    draft.forget();
    toasts.show({ text: t('request.actDiscarded') });
    await queries.invalidateQueries();
    navigate(paths.home(props.department));
  };
  const loadLatest = async () => {
    const { id } = draft.known();
    if (id === null) return;
    const latest = await api.requests.get.query({ id });
    draft.forget();
    draft.adopt({ id, version: latest.request.version, savedAt: latest.request.updatedAt });
    form.load(fromContent(latest.content, form.nextKey));
  };
  const keepMine = () => {
    draft.adopt(undefined);
    void draft.saveNow();
  };
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
            send();
          }}
        >
          <ProblemSummary
            title={t('request.formProblems', { count: shown().length })}
            problems={shown()}
          />
          <Show when={restored()}>
            <Notice title={t('request.formRestored')} />
          </Show>
          <Show when={draft.status().kind === 'conflict'}>
            <Notice
              tone="warn"
              title={t('request.formConflict')}
              actions={
                <>
                  <Button onClick={() => void loadLatest()}>{t('request.formLoadLatest')}</Button>
                  <Button kind="quiet" onClick={keepMine}>
                    {t('request.formKeepMine')}
                  </Button>
                </>
              }
            >
              <p>{t('request.formConflictHelp')}</p>
            </Notice>
          </Show>
          <TargetSection
            form={form}
            inputs={inputs()}
            systems={props.systems}
            systemLoaded={valueOf(system) !== undefined}
            problemAt={problemAt}
          />
          <Show when={form.form.kind !== 'release'}>
            <LinesSection form={form} inputs={inputs()} problemAt={problemAt} />
          </Show>
          <Shortfalls
            shortfalls={submit.shortfalls() ?? preview.value()?.shortfalls ?? []}
            form={form}
            inputs={inputs()}
            requestId={submit.failed()?.failure.requestId}
          />
          <Show when={submit.problems().length === 0 && (submit.shortfalls() ?? []).length === 0}>
            <ActError failed={submit.failed()} />
          </Show>
          <div class="send">
            <span class="grow small sub">{preview.holdText()}</span>
            <Show when={draft.status().kind === 'saved'}>
              <Button kind="quiet" size="lg" onClick={() => void discard()}>
                {t('request.formDiscard')}
              </Button>
            </Show>
            <Button size="lg" onClick={() => void leave()}>
              {t('request.formLeave')}
            </Button>
            <Button kind="primary" size="lg" type="submit" busy={submit.busy()}>
              {t('request.formSubmit')}
            </Button>
          </div>
        </form>
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
