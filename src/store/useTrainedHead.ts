import type { HeadData } from '../core/model.ts';
import { headOf } from './heads.ts';
import { useStore } from './store.ts';

/** The trained head that is chosen, under its name of now; null with the ImageNet labels, with none, and where it is not at hand. */
export function useTrainedHead(): Pick<HeadData, 'name' | 'policy' | 'pyramid'> | null {
  const choice = useStore((state) => state.settings.head);
  const heads = useStore((state) => state.heads);
  if (typeof choice === 'string') return null;
  const head = headOf(choice.id);
  if (!head) return null;
  const { policy, pyramid } = head;
  return { name: heads.find(({ id }) => id === choice.id)?.name ?? head.name, policy, pyramid };
}
