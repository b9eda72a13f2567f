import { For, Show } from 'solid-js';
import type { JSX } from 'solid-js';
import type { ResourceName } from '@yunheng/domain/catalog/resources';
import { resourceColumn, resourceUnit } from '@yunheng/messages/format/resource';
import { Equation } from '@yunheng/ui/equation';
import { api } from '../../api/client.ts';
import { useProcedure, valueOf } from '../../api/query.ts';
import type { Preview } from '../../api/types.ts';
import { amountsText } from '../../parts/amount.tsx';
import { useTexts } from '../../text/texts.ts';
import { allocationOf, beforeOf, itemOf, poolsFor } from './form-model.ts';
import type { FormState, Inputs } from './form-model.ts';

export type EffectPanelProps = {
  department: string;
  form: FormState;
  inputs: Inputs;
  preview: Preview | undefined;
};

/** The effect beside the form: pool, quota and the way it will take. */
export function EffectPanel(props: EffectPanelProps): JSX.Element {
  const { t } = useTexts();
  return (
    <aside class="aside panel">
      <Show when={props.form.kind === 'release'} fallback={<PoolEffect {...props} />}>
        <Returned {...props} />
      </Show>
      <QuotaEffect {...props} />
      <Way preview={props.preview} kind={props.form.kind} />
      <Show when={props.preview === undefined}>
        <section>
          <p class="small dim">{t('request.formEffectNone')}</p>
        </section>
      </Show>
    </aside>
  );
}

/** Increase by resource over all lines: at once, from what is in the form. */
export function increasesOf(form: FormState, inputs: Inputs): Map<ResourceName, number> {
  const sums = new Map<ResourceName, number>();
  if (form.kind === 'release') return sums;
  for (const line of form.lines) {
    const item = itemOf(inputs, line);
    if (item === undefined || line.amount === undefined) continue;
    sums.set(
      item.resource,
      (sums.get(item.resource) ?? 0) + line.amount - beforeOf(form, inputs, item),
    );
  }
  return sums;
}

function PoolEffect(props: EffectPanelProps): JSX.Element {
  const texts = useTexts();
  const { t } = texts;
  const first = () => {
    const line = props.form.lines.find(
      (entry) => entry.amount !== undefined && itemOf(props.inputs, entry) !== undefined,
    );
    const item = line === undefined ? undefined : itemOf(props.inputs, line);
    const pool = poolsFor(props.form, props.inputs, item).find((entry) => entry.key === line?.pool);
    if (item === undefined || line?.amount === undefined || pool === undefined) return undefined;
    const free = pool.free[item.resource] ?? 0;
    return {
      resource: item.resource,
      free,
      increase: line.amount - beforeOf(props.form, props.inputs, item),
    };
  };
  return (
    <Show when={first()}>
      {(effect) => {
        const left = () => effect().free - effect().increase;
        const figure = (amount: number) =>
          resourceColumn(effect().resource, [effect().free, effect().increase, left()])(amount);
        return (
          <section>
            <h2>
              {t('request.formEffect', { resource: texts.word('resources', effect().resource) })}
            </h2>
            <Equation
              column
              terms={[
                {
                  label: t('request.free'),
                  figure: figure(effect().free),
                  unit: resourceUnit(effect().resource, texts.locale),
                },
                {
                  label: t('request.this'),
                  figure: figure(effect().increase),
                  mark: 'this',
                  sign: '−',
                },
                {
                  label: t('request.formLeft'),
                  figure: figure(left()),
                  mark: 'free',
                  sign: '=',
                  sum: true,
                },
              ]}
            />
          </section>
        );
      }}
    </Show>
  );
}

function Returned(props: EffectPanelProps): JSX.Element {
  const texts = useTexts();
  const { t } = texts;
  return (
    <Show when={allocationOf(props.form, props.inputs)}>
      {(allocation) => (
        <section>
          <h2>{t('request.formReleaseTable')}</h2>
          <p class="mono small">{allocation().namespace}</p>
          <p>{amountsText(texts, allocation().allocated)}</p>
          <p class="small sub">{t('request.releaseHelp')}</p>
          <p class="small sub">{t('request.releaseSuspends')}</p>
        </section>
      )}
    </Show>
  );
}

function QuotaEffect(props: EffectPanelProps): JSX.Element {
  const texts = useTexts();
  const { t } = texts;
  const home = useProcedure({
    name: 'departments.home',
    input: () => ({ departmentId: props.department }),
    call: (input, options) => api.departments.home.query(input, options),
  });
  const rows = () => {
    const increases = increasesOf(props.form, props.inputs);
    return (valueOf(home)?.quota ?? [])
      .filter((quota) => increases.has(quota.resource))
      .map((quota) => ({
        resource: quota.resource,
        after: quota.free - (increases.get(quota.resource) ?? 0),
      }));
  };
  return (
    <Show when={rows().length > 0}>
      <section>
        <h2>{t('request.formEffectQuota')}</h2>
        <dl class="facts" data-num="">
          <For each={rows()}>
            {(row) => (
              <>
                <dt>
                  {t('request.formQuotaAfter', { resource: texts.word('resources', row.resource) })}
                </dt>
                <dd class={row.after < 0 ? 'up' : undefined}>
                  {texts.resource(row.resource, row.after)}
                </dd>
              </>
            )}
          </For>
        </dl>
      </section>
    </Show>
  );
}

const wayEnds = {
  new: 'request.formWayEnd',
  change: 'request.formWayEndChange',
  release: 'request.formWayEndRelease',
} as const;

function Way(props: { preview: Preview | undefined; kind: FormState['kind'] }): JSX.Element {
  const texts = useTexts();
  const { t } = texts;
  return (
    <Show when={props.preview}>
      {(preview) => (
        <section>
          <h2>{t('request.formWay')}</h2>
          <ol class="way">
            <For each={preview().steps}>
              {(step) => (
                <li>
                  {t('request.formWayStep', {
                    step: texts.word('steps', step.code),
                    days: step.workingDays,
                  })}
                </li>
              )}
            </For>
            <li>{t(wayEnds[props.kind])}</li>
          </ol>
        </section>
      )}
    </Show>
  );
}
