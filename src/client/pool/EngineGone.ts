import { AnysizeError } from '../../core/errors.ts';

/** Thrown to every call that waits for an engine whose worker is gone: another engine can do the work. */
export class EngineGone extends AnysizeError {
  constructor() {
    super('EngineStopped', 'The part of the page that computes stopped, and what it was at is lost. Try again.');
  }
}
