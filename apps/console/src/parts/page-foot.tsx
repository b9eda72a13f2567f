import type { JSX } from 'solid-js';
import { Pager, TableFoot } from '@yunheng/ui/table';
import { formatCount } from '@yunheng/messages/format/number';
import { useTexts } from '../text/texts.ts';

/** Totals of the whole filter, and paging by links. */
export function PageFoot(props: {
  total: number;
  page: number;
  size: number;
  hrefOf: (page: number) => string;
  children?: JSX.Element;
}): JSX.Element {
  const { t } = useTexts();
  const pages = () => Math.max(1, Math.ceil(props.total / props.size));
  return (
    <TableFoot summary={t('shell.total', { count: formatCount(props.total) })}>
      {props.children}
      <Pager
        page={props.page}
        pages={pages()}
        hrefOf={(page) => props.hrefOf(page)}
        labels={{
          previous: t('shell.previous'),
          next: t('shell.next'),
          position: t('shell.position', { page: props.page, pages: pages() }),
        }}
      />
    </TableFoot>
  );
}
