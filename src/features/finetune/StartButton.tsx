import { GraduationCap } from 'lucide-react';
import { useStore } from '../../store/store.ts';
import { Button } from '../../ui/Button.tsx';
import { startTraining } from './train/job.ts';
import { whyNotTrain } from './trainingRequest.ts';

/** Starts training; says why it cannot. `main` is the one beside the options. */
export function StartButton({ main = false }: { main?: boolean }) {
  const reason = useStore((state) => (state.job ? 'Something is being computed.' : whyNotTrain(state)));
  return (
    <Button
      icon={GraduationCap}
      look={main && !reason ? 'primary' : 'plain'}
      disabled={reason !== null}
      title={reason ?? undefined}
      style={main ? { width: '100%' } : undefined}
      onClick={() => void startTraining()}
    >
      Train
    </Button>
  );
}
