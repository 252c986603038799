import { type ProjectHooks, ProjectSession } from './session.ts';

let session: ProjectSession | null = null;

/** Opens the project of the last visit and keeps what is made from now on. */
export function startProjects(hooks: ProjectHooks): Promise<void> {
  session ??= new ProjectSession(hooks);
  return session.start();
}

/** The page's one session; it is there once the app has started it. */
export function projectSession(): ProjectSession {
  if (!session) throw new Error('Projects have not started.');
  return session;
}
