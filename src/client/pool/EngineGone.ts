/** Thrown to every call that waits for an engine whose worker is gone: another engine can do the work. */
export class EngineGone extends Error {
  constructor() {
    super('The worker of this engine is gone.');
    this.name = 'EngineGone';
  }
}
