import { fileOf } from '../../client/files.ts';
import { useObjectUrl } from '../../ui/files/useObjectUrl.ts';

/** An object URL of a photo's file as long as it is looked at. */
export function useFileUrl(id: string): string | null {
  return useObjectUrl(fileOf(id) ?? null);
}
