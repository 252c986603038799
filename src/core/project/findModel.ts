/** What a person makes in the Find tab: classes to be found, and boxes around their things. Plain data. */
import type { Box } from '../find/boxes.ts';

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
