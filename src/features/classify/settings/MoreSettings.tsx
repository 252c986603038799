import { useStore } from '../../../store/store.ts';
import { LookFields } from '../../../ui/fields/LookFields.tsx';

/** Classify's minimum side, sizes to average, and looks. */
export function MoreSettings() {
  const settings = useStore((state) => state.settings);
  const changeSettings = useStore((state) => state.changeSettings);
  return <LookFields settings={settings} onChange={changeSettings} />;
}
