import { useState } from 'react';
import { messageOf } from '../../core/errors.ts';
import { useAppState, useStore } from '../../store/store.ts';
import { Button } from '../../ui/Button.tsx';
import { Note } from '../../ui/notes/Note.tsx';
import styles from './projects.module.css';
import { exportOpenProject } from './projectActions.ts';
import { projectSession } from './keeping/ProjectSession.ts';

/** Says, where it concerns, that something is not kept, and what can be done. Silent while all is well. */
export function KeepingBanner() {
  const { keeping, notDurable, tab } = useAppState('keeping', 'notDurable', 'tab');
  const { keepingProblem: problem, refusedEdits: refused } = useAppState('keepingProblem', 'refusedEdits');
  const made = useStore((state) => state.dataset.classes.length > 0 || state.runs.length > 0 || state.scenes.size > 0);
  const { changeProjects, setTab } = useAppState('changeProjects', 'setTab');
  const [taking, setTaking] = useState(false);

  const takeOver = () => {
    setTaking(true);
    projectSession
      .takeOver()
      .catch((error: unknown) => changeProjects({ keepingProblem: messageOf(error) }))
      .finally(() => setTaking(false));
  };
  const notes = [];
  if (keeping === 'following' && tab !== 'classify') {
    notes.push(
      <Note
        // Announced, and seen, anew with each.
        key={`following-${refused}`}
        tone={refused > 0 ? 'error' : 'warn'}
        actions={
          <Button onClick={takeOver} disabled={taking}>
            {taking ? 'Taking over…' : 'Take over here'}
          </Button>
        }
      >
        {refused > 0 && <strong>Not changed. </strong>}
        This project is open in another tab. You see here what that tab does; only one tab at a time can change it.
      </Note>,
    );
  }
  if (problem !== null) {
    notes.push(
      <Note
        key="problem"
        tone="error"
        {...(keeping !== 'unsaved' && { onDismiss: () => changeProjects({ keepingProblem: null }) })}
        actions={
          keeping === 'unsaved' && (
            <>
              <Button onClick={() => void projectSession.save()}>Try again</Button>
              <Button onClick={() => void exportOpenProject()}>Export the project</Button>
              {tab !== 'projects' && <Button onClick={() => setTab('projects')}>See projects</Button>}
            </>
          )
        }
      >
        {keeping === 'unsaved' ? `Not everything is kept: ${problem}` : problem}
      </Note>,
    );
  }
  if (notDurable !== null && made && tab !== 'classify') {
    notes.push(
      <Note key="durable" tone="warn">
        What you make here ends with this visit: {notDurable} Export the project to keep it.
      </Note>,
    );
  }
  if (notes.length === 0) return null;
  const answers = keeping === 'following' && refused > 0;
  return <div className={`${styles['notes']} ${answers ? styles['answers'] : ''}`}>{notes}</div>;
}
