import type { Box } from '../../../core/find/boxes.ts';
import type { Size } from '../../../core/model.ts';
import type { DrawnBox, FindClassRow } from '../../../core/project/findModel.ts';

/** A box that a detector suggests; once accepted it is a drawn box of the same id. */
export interface SuggestedBox extends DrawnBox {
  /** 0 … 1. */
  probability: number;
}

/** A box as the editor shows it. */
export interface EditorItem extends DrawnBox {
  /** Of a suggestion; null for a box that was drawn. */
  probability: number | null;
}

/** Everything the editor knows. Boxes are in pixels of the upright photo, half-open. */
export interface BoxEditorProps {
  /** What the editor keeps of a photo (selection, zoom) begins anew with another id. */
  photoId: string;
  /** Address of the picture; null until there is one. */
  src: string | null;
  /** Of the upright photo. */
  size: Size;
  name: string;
  /** Place among the photos, from 0, and how many there are. */
  place: { index: number; count: number };
  boxes: readonly DrawnBox[];
  classes: readonly FindClassRow[];
  /** The class of the next box; null where there is none yet. */
  activeClass: string | null;
  /** What a click can take; null while it is being computed. */
  proposals: readonly Box[] | null;
  suggestions?: readonly SuggestedBox[];
  /** Every thing of every class in the photo has its box. */
  complete: boolean;
  /** Boxes can be looked at only: another tab writes the project. */
  locked?: boolean;
  canUndo: boolean;
  canRedo: boolean;
  /** One step that can be undone. */
  onChange: (boxes: readonly DrawnBox[]) => void;
  onComplete: (complete: boolean) => void;
  onActiveClass: (id: string) => void;
  /** The box that is selected now; null for none. To be the same function each time. */
  onSelect?: (id: string | null) => void;
  /** Makes a first class where there is none, and returns its id. */
  onNewClass: () => string;
  /** What the person calls that first class. */
  onNameClass: (id: string, name: string) => void;
  onStep: (step: 1 | -1) => void;
  onUndo: () => void;
  onRedo: () => void;
  /** Boxes for the photo after this one. */
  onCopyToNext: (boxes: readonly DrawnBox[]) => void;
  /** The suggestion as it was found, or as it was corrected. The drawn box keeps its id. */
  onAccept?: (box: DrawnBox) => void;
  onReject?: (id: string) => void;
}
