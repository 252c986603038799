import type { Scale } from '../../core/model.ts';

/** "224 px", "native". */
export function scaleName(scale: Scale): string {
  return scale === 'native' ? 'native' : `${scale} px`;
}
