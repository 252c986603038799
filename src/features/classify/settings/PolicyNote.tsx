import { isLarge, policyNote } from '../../../core/size/policyNote.ts';
import { DEFAULT_POLICY } from '../../../core/size/sizing.ts';
import { useStore } from '../../../store/store.ts';
import { Button } from '../../../ui/Button.tsx';
import styles from './SettingsBar.module.css';

/** What a size that is too large for the backbone does, and the way back from it; nothing at other sizes. */
export function LargeNote() {
  const policy = useStore((state) => state.settings.policy);
  return isLarge(policy) ? <PolicyNote /> : null;
}

/** What the chosen size does to images and labels, and the way back from a size that is too large for the backbone. */
export function PolicyNote() {
  const { policy, head } = useStore((state) => state.settings);
  const changeSettings = useStore((state) => state.changeSettings);
  return (
    <p className={styles['note']}>
      {policyNote(policy, head)}{' '}
      {isLarge(policy) && (
        <Button look="link" onClick={() => changeSettings({ policy: DEFAULT_POLICY })}>
          Use the default size
        </Button>
      )}
    </p>
  );
}
