import type { JSX } from 'solid-js';
import type { ResourceName } from '@yunheng/domain/catalog/resources';
import { BalanceBar } from '@yunheng/ui/balance-bar';
import { useTexts } from '../text/texts.ts';

/** Where occupancy begins to need attention; an example value until the policy page owns it. */
export const warningShare = 0.9;

export type PoolBarProps = {
  resource: ResourceName;
  supply: number;
  allocated: number;
  /** Without what this request itself holds. */
  held: number;
  /** What this request takes; shown ochre, or red where it does not fit. */
  this?: number | undefined;
  size?: 'sm' | 'md' | 'lg' | undefined;
};

export function PoolBar(props: PoolBarProps): JSX.Element {
  const { t, resource } = useTexts();
  const own = () => Math.max(0, props.this ?? 0);
  const free = () => props.supply - props.allocated - props.held - own();
  const fits = () => free() >= 0;
  const said = (amount: number) => resource(props.resource, amount);
  const label = () => {
    const facts = {
      supply: said(props.supply),
      allocated: said(props.allocated),
      held: said(props.held),
      free: said(free()),
    };
    return own() > 0
      ? t('request.barCapacityThis', { ...facts, this: said(own()) })
      : t('request.barCapacity', facts);
  };
  return (
    <BalanceBar
      total={Math.max(props.supply, props.allocated + props.held + own())}
      parts={[
        { part: 'alloc', amount: props.allocated },
        { part: 'held', amount: props.held },
        { part: fits() ? 'this' : 'over', amount: own() },
      ]}
      limit={props.supply * warningShare}
      size={props.size}
      label={label()}
    />
  );
}
