/** What a person makes in the Find tab: classes to be found, and boxes around their things. Plain data. */
import type { Box } from '../find/boxes.ts';
import type { FinderSettings } from '../find/settings.ts';
import type { SplitOptions } from '../training/model.ts';

/** One class of things to find. Classes are told apart by id; no two have one name. */
export interface FindClassRow {
  id: string;
  name: string;
  /** Place in the class palette (ui/charts/classPalette.ts). */
  colour: number;
}

/** A box that was drawn, taken or imported. */
export interface DrawnBox {
  /** Of no other box of this visit. */
  id: string;
  classId: string;
  /** In pixels of the upright photo, half-open. */
  box: Box;
}

/** What is known of one photo of the Find tab. */
export interface Scene {
  boxes: readonly DrawnBox[];
  /** Every thing of every class has its box: what lies outside them is none. */
  complete: boolean;
}

/** A box as it is kept and as it goes into a file: classes by their ids there. */
export interface StoredBox {
  classId: string;
  box: Box;
}

/** What is kept of a photo of the Find tab. */
export interface StoredScene {
  boxes: readonly StoredBox[];
  complete: boolean;
}

/** What a project has for finding things, apart from boxes and runs. */
export interface ProjectFind {
  classes: readonly FindClassRow[];
  settings: FinderSettings;
  split: SplitOptions;
}
