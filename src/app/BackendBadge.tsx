import { type ToggleEvent, useEffect, useState } from 'react';
import { backendFromAddress, engine } from '../client/engineClient.ts';
import { enginePool } from '../client/pool/pooledEngine.ts';
import { messageOf } from '../core/errors.ts';
import type { BackendChoice, BackendInfo } from '../core/model.ts';
import type { MemoryInfo } from '../client/engineClient.ts';
import { useStore } from '../store/store.ts';
import { Button } from '../ui/Button.tsx';
import { bytes, count } from '../ui/format.ts';
import { Note } from '../ui/notes/Note.tsx';
import styles from './App.module.css';
import { chooseBackend } from './startEngine.ts';
import { WorkersField } from './WorkersField.tsx';

const NAMES = { webgpu: 'your graphics card', wasm: 'your processor', cpu: 'your processor, slowly' };
const TECHNIQUES = { webgpu: 'WebGPU', wasm: 'WASM', cpu: 'JavaScript' };
const CHOICES: [BackendChoice, string][] = [
  ['auto', 'Automatic'],
  ['webgpu', 'WebGPU'],
  ['wasm', 'WASM'],
  ['cpu', 'Plain JavaScript (slow)'],
];

/** Which backend runs; opens why, the choice of another, and the memory it holds. */
export function BackendBadge() {
  const backend = useStore((state) => state.backend);
  const failed = useStore((state) => state.backendError !== null);
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button
        look="quiet"
        className={styles['badge']}
        popoverTarget="backend"
        title={backend?.reason ?? 'What computes'}
      >
        <i className={`${styles['dot']} ${backend ? styles[backend.name] : ''}`} aria-hidden />
        <span>{backend ? `Running on ${NAMES[backend.name]}` : failed ? 'Not running' : 'Starting…'}</span>
      </Button>
      <section
        id="backend"
        popover="auto"
        className={styles['popover']}
        aria-label="Backend"
        onToggle={(event: ToggleEvent) => setOpen(event.newState === 'open')}
      >
        {open && <BackendDetails backend={backend} />}
      </section>
    </>
  );
}

function BackendDetails({ backend }: { backend: BackendInfo | null }) {
  const remembered = useStore((state) => state.settings.backend);
  const [chosen, setChosen] = useState<BackendChoice>(() =>
    backendFromAddress() === 'auto' ? remembered : backendFromAddress(),
  );
  const [switching, setSwitching] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);

  const choose = async (choice: BackendChoice) => {
    setSwitching(true);
    setProblem(null);
    try {
      await chooseBackend(choice);
      setChosen(choice);
    } catch (error) {
      setProblem(messageOf(error));
    } finally {
      setSwitching(false);
    }
  };

  return (
    <>
      <p>
        {backend && !switching && <strong>{TECHNIQUES[backend.name]}. </strong>}
        {switching ? 'Starting…' : (backend?.reason ?? 'The engine is starting.')}
      </p>
      <label className={styles['field']}>
        Compute with
        <select
          value={chosen}
          disabled={switching}
          onChange={(event) => void choose(event.target.value as BackendChoice)}
        >
          {CHOICES.map(([choice, label]) => (
            <option key={choice} value={choice}>
              {label}
            </option>
          ))}
        </select>
      </label>
      {backend?.name === 'wasm' && <WorkersField />}
      {problem && (
        <Note tone="error" onDismiss={() => setProblem(null)}>
          {problem}
        </Note>
      )}
      <Memory />
    </>
  );
}

function Memory() {
  const [memory, setMemory] = useState<MemoryInfo | null>(null);
  useEffect(() => {
    let gone = false;
    const read = () => {
      engine.memory().then(
        (now) => !gone && setMemory(now),
        () => !gone && setMemory(null),
      );
    };
    read();
    const timer = setInterval(read, 1000);
    return () => {
      gone = true;
      clearInterval(timer);
    };
  }, []);
  const { numBytes, numBytesAllocatedInGPU, heapBytes } = memory ?? {};
  const rows = [
    ['Memory in use', numBytes === undefined ? '–' : bytes(numBytes)],
    ...(numBytesAllocatedInGPU == null ? [] : [['On the graphics card', bytes(numBytesAllocatedInGPU)]]),
    ...(enginePool.count === 1 ? [] : [['Workers running', count(enginePool.count)]]),
    ...(heapBytes == null ? [] : [['Memory set aside', bytes(heapBytes)]]),
  ];
  return (
    <dl className={styles['numbers']}>
      {rows.map(([name, value]) => (
        <div key={name} style={{ display: 'contents' }}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
