import { backendFromAddress, engine } from '../client/engineClient.ts';
import { headChanges, hearOfRestarts } from '../client/engineChanges.ts';
import { enginePool } from '../client/pool/pooledEngine.ts';
import { keptHeads } from '../client/trainedHeads.ts';
import { consoleHandle } from '../client/consoleHandle.ts';
import { messageOf } from '../core/errors.ts';
import type { BackendChoice, BackendInfo } from '../core/model.ts';
import { useStore } from '../store/store.ts';

/** The backend's facts, which come by an event of their own, not with the call that started it. */
function backendFacts(): Promise<BackendInfo> {
  return new Promise((resolve) => {
    const known = useStore.getState().backend;
    if (known) return resolve(known);
    const stop = useStore.subscribe(({ backend }) => {
      if (!backend) return;
      stop();
      resolve(backend);
    });
  });
}

/** Starts the engine's worker, keeps the store told of its backend, labels and notices, and provides `window.anysize`. */
export function startEngine(): void {
  const { setBackend, setBackendError, setLabels, addNotice, settings } = useStore.getState();
  const fail = (error: unknown) => setBackendError(messageOf(error));

  engine
    .subscribe((event) => {
      if (event.type === 'backend') setBackend(event.info);
      else if (event.type === 'labels') {
        setLabels(event.state);
        headChanges('imagenet');
      } else if (event.type === 'help') enginePool.want(event.left, event.pace);
      else addNotice(event.text);
    })
    .catch(fail);

  // The address wins over what was chosen on an earlier visit. Any call starts the engine; memory() is the cheapest.
  const forced = backendFromAddress() !== 'auto';
  const start = forced || settings.backend === 'auto' ? engine.memory() : engine.use(settings.backend);
  start.catch(fail);
  const giveLabelsSource = () => {
    const { labelsUrl } = useStore.getState().settings;
    if (labelsUrl) engine.setLabelsSource({ url: labelsUrl }).catch(fail);
  };
  giveLabelsSource();
  hearOfRestarts(() => {
    addNotice('The part of the page that computes stopped and was started again; the work goes on.');
    giveLabelsSource();
    for (const head of keptHeads()) engine.setHead(head).catch(fail);
  });

  const ready = start.then(backendFacts);
  // Told above; whoever awaits `anysize.ready` still gets the rejection.
  ready.catch(() => {});
  window.anysize = consoleHandle(ready, () => useStore.getState().backend?.name ?? null);
}

/** Moves the engine to another backend and remembers the choice. Rejects with what went wrong; then the old one runs on. */
export async function chooseBackend(choice: BackendChoice): Promise<void> {
  const { changeSettings, setBackend } = useStore.getState();
  setBackend(await engine.use(choice));
  changeSettings({ backend: choice });
}
