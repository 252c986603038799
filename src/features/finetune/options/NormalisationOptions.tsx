import type { Normalisation } from '../../../core/model.ts';
import { useStore } from '../../../store/store.ts';
import { CheckField } from '../../../ui/fields/CheckField.tsx';
import { Fold } from '../../../ui/Fold.tsx';
import { SelectField } from '../../../ui/fields/SelectField.tsx';
import styles from './OptionsZone.module.css';

/** What happens to a vector before the linear layer. */
export function NormalisationOptions() {
  const normalisation = useStore((state) => state.trainingOptions.normalisation);
  const changeTraining = useStore((state) => state.changeTraining);
  const change = (changes: Partial<Normalisation>) =>
    changeTraining({ normalisation: { ...normalisation, ...changes } });
  const { sqrt, l2, centre } = normalisation;
  const none = !sqrt && l2 === 'none' && !centre;
  return (
    <Fold title="Normalisation" says={none ? 'none' : l2 === 'none' ? 'custom' : `L2 per ${l2}`}>
      <SelectField<Normalisation['l2']>
        label="L2 norm"
        value={l2}
        choices={[
          { value: 'vector', label: 'Whole vector' },
          { value: 'level', label: 'Each level' },
          { value: 'none', label: 'None' },
        ]}
        onChange={(value) => change({ l2: value })}
      />
      <CheckField label="Square root first" checked={sqrt} onChange={(on) => change({ sqrt: on })} />
      <CheckField
        label="Centre, and divide by the RMS norm"
        checked={centre}
        onChange={(on) => change({ centre: on })}
      />
      <CheckField
        label="None"
        checked={none}
        onChange={(on) =>
          change(on ? { sqrt: false, l2: 'none', centre: false } : { sqrt: false, l2: 'vector', centre: true })
        }
      />
      {none && (
        <p className={styles['note']}>Raw vectors are long: learning is slower and large learning rates diverge.</p>
      )}
    </Fold>
  );
}
