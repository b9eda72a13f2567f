import { columnIndex, type Shapes } from '../table-shape.ts';
import type { PreparedRow, PreparedUpdate } from './prepared.ts';

/** Puts the taken number into the row or update that it belongs to. */
export function withNumber(
  shapes: Shapes,
  numbered: { rows: readonly PreparedRow[]; updates: readonly PreparedUpdate[] },
  taken: { requestId: string; number: string },
): { rows: readonly PreparedRow[]; updates: readonly PreparedUpdate[] } {
  const shape = shapes.quotaRequests;
  const idAt = columnIndex(shape, 'id');
  const numberAt = columnIndex(shape, 'number');
  return {
    rows: numbered.rows.map((row) =>
      row.table === 'quotaRequests' && row.values[idAt] === taken.requestId
        ? { ...row, values: row.values.with(numberAt, taken.number) }
        : row,
    ),
    updates: numbered.updates.map((update) =>
      update.table === 'quotaRequests' && update.key === taken.requestId
        ? withColumn(update, 'number', taken.number)
        : update,
    ),
  };
}

function withColumn(update: PreparedUpdate, column: string, value: unknown): PreparedUpdate {
  const at = update.columns.indexOf(column);
  return at >= 0
    ? { ...update, values: update.values.with(at, value) }
    : { ...update, columns: [...update.columns, column], values: [...update.values, value] };
}
