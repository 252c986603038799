import { policyName } from '../../../core/size/sizing.ts';
import { samePolicy } from '../../../store/freshness.ts';
import { useStore } from '../../../store/store.ts';
import { useTrainedHead } from '../../../client/trainedHeads.ts';
import { Button } from '../../../ui/Button.tsx';
import { visibleName } from '../../../ui/format.ts';
import { Note } from '../../../ui/Note.tsx';

/** Where photos are sized otherwise than those that the chosen head learned from: says so, with the way back. */
export function HeadSizeNote() {
  const trained = useTrainedHead();
  const policy = useStore((state) => state.settings.policy);
  const changeSettings = useStore((state) => state.changeSettings);
  if (!trained || samePolicy(trained.policy, policy)) return null;
  return (
    <Note actions={<Button onClick={() => changeSettings({ policy: trained.policy })}>Use its size</Button>}>
      <bdi>{visibleName(trained.name)}</bdi> was trained at {policyName(trained.policy)}, not at {policyName(policy)}.
    </Note>
  );
}
