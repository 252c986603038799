import { ingestQueue, readWaiting } from '../features/finetune/photos/ingest.ts';
import { projectSession } from '../features/projects/keeping/ProjectSession.ts';

/** Opens the last project, reads the photos of it that were not read yet, and keeps everything from now on. */
export function startProjects(): Promise<void> {
  return projectSession.start({ readWaiting, stopReading: () => ingestQueue.cancel() });
}
