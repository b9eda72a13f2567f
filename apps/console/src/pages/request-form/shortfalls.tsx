import { For, Show } from 'solid-js';
import type { JSX } from 'solid-js';
import { formatShort } from '@yunheng/messages/format/time';
import { Refusal } from '@yunheng/ui/refusal';
import type { Way } from '@yunheng/ui/refusal';
import { StateMark } from '@yunheng/ui/state-mark';
import type { Shortfall } from '../../api/types.ts';
import { paths } from '../../path-builder.ts';
import { useTexts } from '../../text/texts.ts';
import type { Form } from './create-form.ts';
import { beforeOf, itemOf } from './form-model.ts';
import type { Inputs } from './form-model.ts';

export type ShortfallsProps = {
  shortfalls: readonly Shortfall[];
  form: Form;
  inputs: Inputs;
  requestId: string | undefined;
};

/** A refusal teaches (law L5): account, balance, who holds the rest, and what would pass, each with its act. */
export function Shortfalls(props: ShortfallsProps): JSX.Element {
  return (
    <Show when={props.shortfalls.length > 0}>
      <div class="shorts">
        <For each={props.shortfalls}>
          {(shortfall) => (
            <OneShortfall
              shortfall={shortfall}
              form={props.form}
              inputs={props.inputs}
              requestId={props.requestId}
            />
          )}
        </For>
      </div>
    </Show>
  );
}

type OneShortfallProps = Omit<ShortfallsProps, 'shortfalls'> & { shortfall: Shortfall };

function OneShortfall(props: OneShortfallProps): JSX.Element {
  const texts = useTexts();
  const { t } = texts;
  const said = (amount: number) => texts.resource(props.shortfall.resource, amount);
  const title = () =>
    t(props.shortfall.book === 'capacity' ? 'request.refusalShort' : 'request.refusalQuota', {
      scope: props.shortfall.scopeName,
      resource: texts.word('resources', props.shortfall.resource),
      free: said(props.shortfall.free),
      needed: said(props.shortfall.needed),
      missing: said(props.shortfall.missing),
    });
  const holders = () =>
    props.shortfall.holders.map((holder) => ({
      name: <HolderName holder={holder} />,
      amount: said(holder.amount),
      until:
        holder.earliestExpiry === null
          ? ''
          : t('request.refusalUntil', { time: formatShort(holder.earliestExpiry) }),
    }));
  return (
    <Refusal
      word={t('request.refusalWord')}
      title={title()}
      holders={
        holders().length === 0
          ? undefined
          : {
              title: t('request.refusalHolders'),
              note: t('request.refusalHoldersNote'),
              rows: holders(),
            }
      }
      ways={{ title: t('request.refusalWays'), list: waysOf(props, texts) }}
      reference={
        <>
          {t('request.refusalAccount', { account: props.shortfall.account })}
          <Show when={props.requestId}>
            {(id) => (
              <>
                {'　'}
                {t('shell.requestId', { id: id() })}
              </>
            )}
          </Show>
        </>
      }
    />
  );
}

function HolderName(props: { holder: Shortfall['holders'][number] }): JSX.Element {
  const { t } = useTexts();
  const isHeld = () => props.holder.kind === 'held';
  const counted = () =>
    isHeld()
      ? t('request.refusalHeld', { count: props.holder.count })
      : t('request.refusalAllocated', { count: props.holder.count });
  return (
    <StateMark mark={isHeld() ? 'hold' : 'ok'}>
      <Show when={props.holder.requestId} fallback={props.holder.label ?? counted()}>
        {(id) => <a href={paths.request(id())}>{props.holder.label ?? counted()}</a>}
      </Show>
    </StateMark>
  );
}

/** What would make it pass: less, elsewhere, later, or more quota. */
function waysOf(props: OneShortfallProps, texts: ReturnType<typeof useTexts>): Way[] {
  const { t } = texts;
  const { shortfall, form, inputs } = props;
  const said = (amount: number) => texts.resource(shortfall.resource, amount);
  const line = form.form.lines.find(
    (entry) => itemOf(inputs, entry)?.resource === shortfall.resource,
  );
  const item = line === undefined ? undefined : itemOf(inputs, line);
  const target = beforeOf(form.form, inputs, item) + Math.max(0, shortfall.free);
  const passing = item === undefined ? 0 : target - (target % item.step);
  const ways: Way[] = [];
  if (line !== undefined && item !== undefined && shortfall.free > 0 && passing >= item.min)
    ways.push({
      text: t('request.refusalReduce', { amount: said(passing) }),
      action: {
        label: t('request.refusalReduceAct', { amount: said(passing) }),
        run: () => form.setAmount(line.key, passing, ''),
      },
    });
  for (const other of shortfall.alternatives) {
    const way: Way = {
      text: t('request.refusalMove', { node: other.cloudNode.name, free: said(other.free) }),
    };
    ways.push(
      form.form.kind === 'new'
        ? {
            ...way,
            action: {
              label: t('request.refusalMoveAct', { node: other.cloudNode.name }),
              run: () => form.setNode(other.cloudNode.id),
            },
          }
        : way,
    );
  }
  const expiries = shortfall.holders.flatMap((holder) =>
    holder.kind === 'held' && holder.earliestExpiry !== null ? [holder.earliestExpiry] : [],
  );
  if (expiries.length > 0)
    ways.push({ text: t('request.refusalWait', { time: formatShort(Math.min(...expiries)) }) });
  if (shortfall.book === 'quota') ways.push({ text: t('request.refusalAskQuota') });
  return ways;
}
