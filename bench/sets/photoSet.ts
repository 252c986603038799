/** Labelled photos that heads are trained on. */
export interface PhotoSet {
  name: string;
  classes: readonly string[];
  photos: { name: string; blob: Blob; classIndex: number }[];
}

/** Ends the sentence that names what is not there. */
export const SET_MISSING = 'is not there: set ANYSIZE_SHARED to the folder that holds it';
