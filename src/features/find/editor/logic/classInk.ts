import { inkOn } from '../../../../ui/charts/palettes.ts';

/** Black or white, whichever reads better on a colour of the class palette (`#rrggbb`). */
export function inkOnClass(colour: string): string {
  const part = (at: number) => Number.parseInt(colour.slice(at, at + 2), 16);
  return inkOn([part(1), part(3), part(5)]);
}
