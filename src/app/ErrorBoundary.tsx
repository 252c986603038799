import { Component, type ReactNode } from 'react';
import { messageOf } from '../core/errors.ts';
import { Button } from '../ui/Button.tsx';
import { forgetFailedParts } from '../ui/lazyAgain.tsx';
import { Note } from '../ui/notes/Note.tsx';
import styles from './App.module.css';

interface Props {
  /** What stands here, for the message. */
  place: string;
  children: ReactNode;
}

/** What browsers say when the code of a part could not be fetched. */
const NOT_FETCHED = /dynamically imported module|Importing a module script failed|Unable to preload CSS/i;

/** Shows what broke and a way on, never a white screen. */
export class ErrorBoundary extends Component<Props, { error: unknown }> {
  override state: { error: unknown } = { error: null };

  static getDerivedStateFromError(error: unknown) {
    return { error: error ?? new Error('unknown') };
  }

  private readonly again = () => {
    // A part that is kept by `React.lazy` itself comes back with the page only.
    if (!forgetFailedParts() && this.notFetched()) location.reload();
    else this.setState({ error: null });
  };

  private notFetched(): boolean {
    return NOT_FETCHED.test(messageOf(this.state.error));
  }

  override render() {
    const { error } = this.state;
    const { place, children } = this.props;
    if (error === null) return children;
    return (
      <div className={styles['place']}>
        <Note tone="error">
          {this.notFetched() ? (
            <p>{place} could not be fetched. Check the connection and try again.</p>
          ) : (
            <>
              <p>
                {place} stopped: {messageOf(error)}
              </p>
              <p>Your photos never left this device. Try again; if it stops once more, reload the page.</p>
            </>
          )}
        </Note>
        <div className={styles['actions']}>
          <Button look="primary" onClick={this.again}>
            Try again
          </Button>
          <Button onClick={() => location.reload()}>Reload the page</Button>
        </div>
      </div>
    );
  }
}
