import { LRUCache } from 'lru-cache';
import type { FindAnswer, Finder } from '../../core/find/model.ts';
import { engine } from '../engineClient.ts';
import { imageOf } from '../files.ts';
import { handOver } from './finders.ts';

/** Answers of late: going back and forth between photos asks for nothing. */
const kept = new LRUCache<string, FindAnswer>({ max: 400 });

/** What a finder finds in a photo of the page, of all scores, best first. @throws as `FindEngine.find`; `Cancelled` */
export async function findIn(task: string, finder: Finder, photoId: string): Promise<FindAnswer> {
  const key = `${finder.id} ${photoId}`;
  const before = kept.get(key);
  if (before) return before;
  const image = await imageOf(photoId);
  await handOver(finder);
  const answer = await engine.find(task, image, finder.id);
  kept.set(key, answer);
  return answer;
}
