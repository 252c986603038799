import { Component, type ReactNode } from 'react';
import { messageOf } from '../engine/errors.ts';
import { Button } from '../ui/Button.tsx';
import { Note } from '../ui/Note.tsx';
import styles from './ErrorBoundary.module.css';

interface Props {
  /** What stands here, for the message. */
  place: string;
  children: ReactNode;
}

/** Shows what broke and a way on, never a white screen. */
export class ErrorBoundary extends Component<Props, { error: unknown }> {
  override state: { error: unknown } = { error: null };

  static getDerivedStateFromError(error: unknown) {
    return { error: error ?? new Error('unknown') };
  }

  override render() {
    if (this.state.error === null) return this.props.children;
    return (
      <div className={styles['place']}>
        <Note tone="error">
          <p>
            {this.props.place} stopped: {messageOf(this.state.error)}
          </p>
          <p>Your photos never left this computer. Try again; if it stops once more, reload the page.</p>
        </Note>
        <div className={styles['actions']}>
          <Button look="primary" onClick={() => this.setState({ error: null })}>
            Try again
          </Button>
          <Button onClick={() => location.reload()}>Reload the page</Button>
        </div>
      </div>
    );
  }
}
