import { canHelp } from '../client/pool/startHelper.ts';
import { mostEngines, WORKERS_CHOICES, type WorkersChoice } from '../core/tasks/mostEngines.ts';
import { useStore } from '../store/store.ts';
import styles from './App.module.css';

/** How many workers share a list of photos; nothing where the browser can have only one. */
export function WorkersField() {
  const workers = useStore((state) => state.settings.workers);
  const changeSettings = useStore((state) => state.changeSettings);
  if (!canHelp()) return null;
  return (
    <label
      className={styles['field']}
      title="Lists of photos are shared among them: each takes a core and some memory."
    >
      Workers
      <select
        value={workers}
        onChange={({ target }) => {
          const chosen = WORKERS_CHOICES.find((choice) => String(choice) === target.value);
          changeSettings({ workers: chosen ?? 'auto' });
        }}
      >
        {WORKERS_CHOICES.map((choice) => (
          <option key={choice} value={choice}>
            {wordsOf(choice)}
          </option>
        ))}
      </select>
    </label>
  );
}

function wordsOf(choice: WorkersChoice): string {
  return choice === 'auto' ? `Automatic (up to ${mostEngines('auto', navigator)} here)` : String(choice);
}
