import { backendFromAddress, engine } from '../engine/client.ts';
import { messageOf } from '../engine/errors.ts';
import type { BackendChoice } from '../engine/protocol.ts';
import { useStore } from '../store/store.ts';

/** Starts the engine's worker and keeps the store told of its backend, its labels and its notices. */
export function startEngine(): void {
  const { setBackend, setBackendError, setLabels, addNotice, settings } = useStore.getState();
  const fail = (error: unknown) => setBackendError(messageOf(error));

  engine
    .subscribe((event) => {
      if (event.type === 'backend') setBackend(event.info);
      else if (event.type === 'labels') setLabels(event.state);
      else addNotice(event.text);
    })
    .catch(fail);

  // The address wins over what was chosen on an earlier visit. Any call starts the engine; memory() is the cheapest.
  const forced = backendFromAddress() !== 'auto';
  const start = forced || settings.backend === 'auto' ? engine.memory() : engine.use(settings.backend);
  start.catch(fail);
}

/** Moves the engine to another backend and remembers the choice. Rejects with what went wrong; then the old one runs on. */
export async function chooseBackend(choice: BackendChoice): Promise<void> {
  const { changeSettings, setBackend } = useStore.getState();
  setBackend(await engine.use(choice));
  changeSettings({ backend: choice });
}
