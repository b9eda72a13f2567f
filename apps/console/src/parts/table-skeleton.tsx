import type { JSX } from 'solid-js';
import { SkeletonRows } from '@yunheng/ui/table';

const widths = [70, 50, 80, 40, 60];

/** Rows of grey in the geometry of the table that comes. */
export function TableSkeleton(props: { columns: number; rows?: number }): JSX.Element {
  return (
    <table class="tbl">
      <tbody>
        <SkeletonRows
          rows={props.rows ?? 8}
          widths={Array.from(
            { length: props.columns },
            (_, index) => widths[index % widths.length] ?? 50,
          )}
        />
      </tbody>
    </table>
  );
}
