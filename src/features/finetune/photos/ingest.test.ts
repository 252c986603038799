import { expect, test, vi } from 'vitest';
import { keepFile } from '../../../client/files.ts';
import { engine } from '../../../client/engineClient.ts';
import { prepareEarly } from '../train/prepareEarly.ts';
import { ingestQueue } from './ingest.ts';

vi.mock(
  import('../../../client/engineClient.ts'),
  () => ({ engine: { ingest: vi.fn(() => new Promise(() => {})) } }) as never,
);
vi.mock(import('../train/prepareEarly.ts'), () => ({ prepareEarly: vi.fn() }));

test('photos that come from another tab have their vectors made early too', async () => {
  ingestQueue.add([keepFile(new File(['x'], 'a.jpg'))]);
  await vi.waitFor(() => expect(engine.ingest).toHaveBeenCalled());
  expect(prepareEarly).toHaveBeenCalled();
});
