import { GraduationCap } from 'lucide-react';
import { useStore } from '../../store/store.ts';
import { Button } from '../../ui/Button.tsx';
import { startTraining } from './job.ts';
import { whyNotTrain } from './trainingRequest.ts';

/** Starts training; says why it cannot. */
export function StartButton({ wide = false }: { wide?: boolean }) {
  const reason = useStore((state) => (state.job ? 'Something is being computed.' : whyNotTrain(state)));
  return (
    <Button
      look={reason ? 'plain' : 'primary'}
      disabled={reason !== null}
      title={reason ?? undefined}
      style={wide ? { width: '100%' } : undefined}
      onClick={() => void startTraining()}
    >
      <GraduationCap size={16} aria-hidden />
      Train
    </Button>
  );
}
