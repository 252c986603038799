import type { HeadChoice, HeadData } from '../core/model.ts';
import { useStore } from '../store/store.ts';

/** The trained heads, outside the store: it holds plain data only, and a head is some hundred thousand weights. */
const heads = new Map<string, HeadData>();

export function keepHead(head: HeadData): void {
  heads.set(head.id, head);
}

export function headOf(id: string): HeadData | undefined {
  return heads.get(id);
}

export function keptHeads(): Iterable<HeadData> {
  return heads.values();
}

export function forgetHead(id: string): void {
  heads.delete(id);
}

/** The trained head of a choice, under its name of now; null with the ready-made ones, with none, and where it is not at hand. */
export function useTrainedHead(choice: HeadChoice): Pick<HeadData, 'name' | 'policy' | 'pyramid'> | null {
  const heads = useStore((state) => state.heads);
  if (typeof choice === 'string') return null;
  const head = headOf(choice.id);
  if (!head) return null;
  const { policy, pyramid } = head;
  return { name: heads.find(({ id }) => id === choice.id)?.name ?? head.name, policy, pyramid };
}
