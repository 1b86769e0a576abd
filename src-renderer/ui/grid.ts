/**
 * Roles, with their attributes, for what HTML has no fitting element for. A list of entries is a grid and not a table: its rows are
 * chosen with the arrow keys, are put in place one by one when the list is long, and screen readers hand their keys to the page.
 */
export const grid = (label: string, rows: number) => ({ role: 'grid', 'aria-label': label, 'aria-rowcount': rows }) as const;
export const headerRow = { role: 'row', 'aria-rowindex': 1 } as const;
export const row = (index: number, selected: boolean) => ({ role: 'row', 'aria-rowindex': index, 'aria-selected': selected }) as const;
export const columnHeader = (label?: string) => ({ role: 'columnheader', ...(label !== undefined && { 'aria-label': label }) }) as const;
export const ROW_GROUP = { role: 'rowgroup' } as const;
export const CELL = { role: 'gridcell' } as const;

/** A measured value from 0 to 100; a `<meter>` cannot show marks and words of its own. */
export const meter = (label: string, value: number, text: string) =>
  ({
    role: 'meter',
    'aria-label': label,
    'aria-valuenow': Math.min(100, value),
    'aria-valuemin': 0,
    'aria-valuemax': 100,
    'aria-valuetext': text,
  }) as const;
