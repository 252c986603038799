import { headOf } from '../../../client/trainedHeads.ts';
import type { HeadChoice } from '../../../core/model.ts';
import { DEFAULT_POLICY, samePolicy } from '../../../core/size/sizing.ts';
import { useStore } from '../../../store/store.ts';

/** Which head answers in the next batch; Classify keeps its own. A trained head brings its size, which goes again with it. */
export function chooseBatchHead(head: HeadChoice): void {
  const { settings, changeBatchSettings } = useStore.getState();
  const { batch } = settings;
  const before = typeof batch.head === 'object' ? headOf(batch.head.id) : undefined;
  const now = typeof head === 'object' ? headOf(head.id) : undefined;
  const brought = before !== undefined && samePolicy(before.policy, batch.policy);
  changeBatchSettings({ head, policy: now?.policy ?? (brought ? DEFAULT_POLICY : batch.policy) });
}
