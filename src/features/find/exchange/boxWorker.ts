import { expose } from 'comlink';
import { placeBoxes } from '../../../formats/boxes/placeBoxes.ts';

const boxReader = { place: placeBoxes };

export type BoxReader = typeof boxReader;

expose(boxReader);
