import type { HeadData } from '../core/model.ts';

/** The trained heads, outside the store: it holds plain data only, and a head is some hundred thousand weights. */
const heads = new Map<string, HeadData>();

export function keepHead(head: HeadData): void {
  heads.set(head.id, head);
}

export function headOf(id: string): HeadData | undefined {
  return heads.get(id);
}

export function forgetHead(id: string): void {
  heads.delete(id);
}
