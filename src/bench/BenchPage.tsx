import { useRef, useState } from 'react';
import { version } from '../../package.json';
import { backendFromAddress } from '../client/engineClient.ts';
import { messageOf } from '../core/errors.ts';
import { Button } from '../ui/Button.tsx';
import { CheckField } from '../ui/fields/CheckField.tsx';
import { saveText } from '../ui/files/saveBlob.ts';
import { ProgressLine } from '../ui/ProgressBar.tsx';
import styles from './BenchPage.module.css';
import { CaseTable } from './CaseTable.tsx';
import { measureHere } from './measureHere.ts';
import { type BenchReport, type CaseResult, reportMarkdown } from './report.ts';

const ROUNDS = 7;

type State =
  | { phase: 'idle' }
  | { phase: 'running'; fraction: number; doing: string; cases: CaseResult[] }
  | { phase: 'done'; report: BenchReport }
  | { phase: 'failed'; message: string };

/** `?rounds=3` for fewer samples, `?small` for tiny pieces of work: to see that all runs, not to compare. */
function asked(): { rounds: number; small: boolean } {
  const address = new URLSearchParams(location.search);
  const rounds = Number(address.get('rounds') ?? ROUNDS);
  return {
    rounds: Number.isInteger(rounds) && rounds > 0 && rounds <= 99 ? rounds : ROUNDS,
    small: address.has('small'),
  };
}

/** One press measures Anysize and what one would use instead, in turns, on the machine that the page is open on. */
export function BenchPage() {
  const [state, setState] = useState<State>({ phase: 'idle' });
  const [official, setOfficial] = useState(false);
  const [copied, setCopied] = useState(false);
  const running = useRef<AbortController | null>(null);
  const { rounds, small } = asked();

  const start = () => {
    const controller = new AbortController();
    running.current = controller;
    const { signal } = controller;
    setCopied(false);
    setState({ phase: 'running', fraction: 0, doing: 'Starting', cases: [] });
    const change = (changes: (state: Extract<State, { phase: 'running' }>) => State) =>
      setState((now) => (now.phase === 'running' && !signal.aborted ? changes(now) : now));
    measureHere({
      rounds,
      small,
      official,
      backend: backendFromAddress(),
      signal,
      onProgress: (fraction, doing) => change((now) => ({ ...now, fraction, doing })),
      onCase: (result) => change((now) => ({ ...now, cases: [...now.cases, result] })),
    }).then(
      (report) => change(() => ({ phase: 'done', report })),
      (error: unknown) => change(() => ({ phase: 'failed', message: messageOf(error) })),
    );
  };
  const cancel = () => {
    running.current?.abort(new DOMException('cancelled', 'AbortError'));
    setState({ phase: 'idle' });
  };

  const report = state.phase === 'done' ? state.report : null;
  const cases = state.phase === 'running' ? state.cases : (report?.cases ?? []);
  const copy = async (text: string) => {
    await navigator.clipboard.writeText(text).then(
      () => setCopied(true),
      () => saveText(text, 'anysize-bench.md', 'text/markdown'),
    );
  };
  return (
    <main className={styles['page']}>
      <header>
        <h1>Anysize on this machine</h1>
        <p>
          Measures Anysize {version} beside tfjs alone and onnxruntime-web: one photo from its file to its classes, many
          photos, the image model, SPP, and training. All take turns in one run of some minutes; pictures are drawn
          here, and nothing is uploaded. Close what else is busy first.
        </p>
      </header>
      {state.phase === 'running' ? (
        <ProgressLine work={{ label: 'Bench', fraction: state.fraction }} action="Cancel" onAction={cancel}>
          {Math.floor(100 * state.fraction)} %. {state.doing}
        </ProgressLine>
      ) : (
        <div className={styles['start']}>
          <Button look="primary" onClick={start}>
            {report ? 'Start again' : 'Start'}
          </Button>
          <CheckField
            label="Fetch the official MobileNet too: 14 MB from storage.googleapis.com"
            checked={official}
            onChange={setOfficial}
          />
        </div>
      )}
      {state.phase === 'failed' && (
        <p className={styles['failed']} role="alert">
          The bench stopped: {state.message}
        </p>
      )}
      {report && (
        <section aria-label="Results" className={styles['results']}>
          <dl>
            {report.machine.map(([what, words]) => (
              <div key={what}>
                <dt>{what}</dt>
                <dd>{words}</dd>
              </div>
            ))}
            {report.memory.map(({ name, bytes }) => (
              <div key={name}>
                <dt>Memory</dt>
                <dd>
                  {name}: {(bytes / 1e6).toFixed(0)} MB
                </dd>
              </div>
            ))}
          </dl>
          <div className={styles['start']}>
            <Button onClick={() => void copy(reportMarkdown(report))}>{copied ? 'Copied' : 'Copy as Markdown'}</Button>
            <Button onClick={() => saveText(JSON.stringify(report, null, 2), 'anysize-bench.json', 'application/json')}>
              Save as JSON
            </Button>
          </div>
        </section>
      )}
      {cases.map((one) => (
        <CaseTable key={one.id} result={one} />
      ))}
      <footer>
        <a href="./">To Anysize</a>
      </footer>
    </main>
  );
}
