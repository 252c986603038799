/** Columns of a panel, and rows that are multiplied with it at a time. */
export const PANEL_COLUMNS = 16;
export const PANEL_ROWS = 2;
/** Channels that the moments advance at a time. */
export const MOMENT_CHANNELS = 8;
