import type { Scale } from '../../engine/protocol.ts';

/** "224 px", "native". */
export function scaleName(scale: Scale): string {
  return scale === 'native' ? 'native' : `${scale} px`;
}
