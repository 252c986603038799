import { expect, test, vi } from 'vitest';
import { engine } from '../client/engineClient.ts';
import { keepFile } from '../client/files.ts';
import { ingestQueue } from '../client/photos/ingest.ts';
import { prepareEarly } from '../features/finetune/train/prepareEarly.ts';
import { startProjects } from './startProjects.ts';

vi.mock(
  import('../client/engineClient.ts'),
  () => ({ engine: { ingest: vi.fn(() => new Promise(() => {})) } }) as never,
);
vi.mock(import('../features/finetune/train/prepareEarly.ts'), () => ({ prepareEarly: vi.fn() }));
vi.mock(
  import('../features/projects/keeping/ProjectSession.ts'),
  () => ({ projectSession: { start: () => Promise.resolve() } }) as never,
);

test('photos that come from another tab have their vectors made early too', async () => {
  await startProjects();
  expect(prepareEarly).not.toHaveBeenCalled();
  ingestQueue.add([keepFile(new File(['x'], 'a.jpg'))]);
  await vi.waitFor(() => expect(engine.ingest).toHaveBeenCalled());
  expect(prepareEarly).toHaveBeenCalled();
});
