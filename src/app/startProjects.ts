import { ingestQueue, readWaiting } from '../features/finetune/ingest.ts';
import { startProjects as start } from '../features/projects/projectSession.ts';

/** Opens the last project, reads the photos of it that were not read yet, and keeps everything from now on. */
export function startProjects(): Promise<void> {
  return start({ readWaiting, stopReading: () => ingestQueue.cancel() });
}
