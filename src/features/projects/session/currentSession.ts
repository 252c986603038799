import { useStore } from '../../../store/store.ts';
import { type ProjectHooks, ProjectSession } from './ProjectSession.ts';

let session: ProjectSession | null = null;

/** Opens the project of the last visit and keeps what is made from now on. */
export function startProjects(hooks: ProjectHooks): Promise<void> {
  session ??= new ProjectSession(hooks);
  // For tests, and for anyone who looks: `kept` once everything that was done is safe.
  useStore.subscribe(({ keeping }) => (document.documentElement.dataset['keeping'] = keeping));
  return session.start();
}

/** The page's one session; it is there once the app has started it. */
export function projectSession(): ProjectSession {
  if (!session) throw new Error('Projects have not started.');
  return session;
}
