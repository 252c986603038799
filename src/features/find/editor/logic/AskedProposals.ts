import { LRUCache } from 'lru-cache';
import type { Box } from '../../../../core/find/boxes.ts';

const NONE: readonly Box[] = [];

export interface ProposalSource {
  /** @param wanted whether the answer still is, asked before the long part begins */
  compute: (task: string, photoId: string, wanted: () => boolean) => Promise<readonly Box[]>;
  cancel: (task: string) => void;
  newTask: () => string;
}

/** Proposals by photo: each is computed once at a time, the last ones are kept, and what nobody waits for is given up. */
export class AskedProposals {
  private readonly kept: LRUCache<string, readonly Box[]>;
  private readonly asked = new Map<string, { task: string; answer: Promise<readonly Box[]> }>();
  private readonly source: ProposalSource;

  /** @param keep photos whose proposals are kept */
  constructor(source: ProposalSource, keep: number) {
    this.source = source;
    this.kept = new LRUCache({ max: keep });
  }

  known(photoId: string): readonly Box[] | undefined {
    return this.kept.get(photoId);
  }

  /** None where the photo cannot be read or was given up: then boxes are drawn by hand. */
  of(photoId: string): Promise<readonly Box[]> {
    const known = this.kept.get(photoId);
    if (known) return Promise.resolve(known);
    const before = this.asked.get(photoId);
    if (before) return before.answer;
    const task = this.source.newTask();
    const answer = this.ask(task, photoId);
    this.asked.set(photoId, { task, answer });
    return answer;
  }

  giveUpAllBut(wanted: readonly (string | null)[]): void {
    for (const [photoId, { task }] of this.asked) {
      if (wanted.includes(photoId)) continue;
      this.asked.delete(photoId);
      this.source.cancel(task);
    }
  }

  private async ask(task: string, photoId: string): Promise<readonly Box[]> {
    // Not before `of` has noted it.
    await Promise.resolve();
    const wanted = () => this.asked.get(photoId)?.task === task;
    try {
      if (!wanted()) return NONE;
      const boxes = await this.source.compute(task, photoId, wanted);
      if (wanted()) this.kept.set(photoId, boxes);
      return boxes;
    } catch {
      return NONE;
    } finally {
      if (wanted()) this.asked.delete(photoId);
    }
  }
}
