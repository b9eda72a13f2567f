import { For, Show } from 'solid-js';
import type { JSX } from 'solid-js';
import { Section } from '@yunheng/ui/facts';
import { Select } from '@yunheng/ui/select';
import type { RequestDetail } from '../../api/types.ts';
import { useTexts } from '../../text/texts.ts';

/** Line to pool, as chosen by the operator; a line that stays is absent or empty. */
export type Moves = Readonly<Record<string, string>>;

export function movesOf(moves: Moves): { lineId: string; poolId: string }[] {
  return Object.entries(moves).flatMap(([lineId, poolId]) =>
    poolId === '' ? [] : [{ lineId, poolId }],
  );
}

/** Another pool of the same kind, where the operator sees a better place; the hold moves with the approval. */
export function MoveLines(props: {
  detail: RequestDetail;
  moves: Moves;
  onMove: (lineId: string, poolId: string) => void;
}): JSX.Element {
  const texts = useTexts();
  const { t } = texts;
  const movable = () =>
    props.detail.actions.move?.allowed === true
      ? props.detail.lines.filter((line) => line.alternatives.length > 0)
      : [];
  return (
    <Show when={movable().length > 0}>
      <Section title={t('request.inboxMove')} note={t('request.inboxMoveNote')}>
        <div class="form-row">
          <For each={movable()}>
            {(line) => {
              const name = () => (texts.locale === 'zh-CN' ? line.item.nameZh : line.item.nameEn);
              return (
                <label class="field span6">
                  <span class="label">{name()}</span>
                  <Select
                    value={props.moves[line.id] ?? ''}
                    placeholder={t('request.inboxMoveStay', { pool: line.pool?.code ?? '' })}
                    options={line.alternatives.map((pool) => ({
                      value: pool.poolId,
                      label: t('request.inboxMoveTo', {
                        node: pool.cloudNode.name,
                        pool: pool.poolCode,
                        free: texts.resource(line.resource, pool.free),
                      }),
                    }))}
                    onChange={(poolId) => props.onMove(line.id, poolId)}
                  />
                </label>
              );
            }}
          </For>
        </div>
      </Section>
    </Show>
  );
}
