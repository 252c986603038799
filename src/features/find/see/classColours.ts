import type { FindClassRow } from '../../../core/project/findModel.ts';
import { classColour } from '../../../ui/charts/classPalette.ts';

/** Colours of a run's classes: those that the classes of these names have now, else by their place in the run. */
export function classColours(names: readonly string[], classes: readonly FindClassRow[]): string[] {
  return names.map((name, i) => classColour(classes.find((row) => row.name === name)?.colour ?? i));
}
