import { ingestQueue, readWaiting } from '../features/finetune/photos/ingest.ts';
import { startProjects as start } from '../features/projects/session/currentSession.ts';

/** Opens the last project, reads the photos of it that were not read yet, and keeps everything from now on. */
export function startProjects(): Promise<void> {
  return start({ readWaiting, stopReading: () => ingestQueue.cancel() });
}
