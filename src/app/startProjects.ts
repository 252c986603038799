import { ingestQueue, readWaiting, wheneverReading } from '../client/photos/ingest.ts';
import { prepareEarly } from '../features/finetune/train/prepareEarly.ts';
import { projectSession } from '../features/projects/keeping/ProjectSession.ts';

/** Opens the last project, reads the photos of it that were not read yet, and keeps everything from now on. */
export function startProjects(): Promise<void> {
  // Photos may come from another tab: their vectors are made without Fine-tune having been opened.
  wheneverReading(prepareEarly);
  return projectSession.start({ readWaiting, stopReading: () => ingestQueue.cancel() });
}
