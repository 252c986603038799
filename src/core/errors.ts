/** Names a person's code can test for: `error.name`. */
export type ErrorName =
  | 'UnreadableImage'
  | 'ImageTooLarge'
  | 'UnsupportedFormat'
  | 'DecodeTimeout'
  | 'Cancelled'
  | 'NoBackend'
  | 'DeviceLost'
  | 'EngineStopped'
  | 'OutOfMemory'
  | 'LabelsUnavailable'
  | 'UnknownHead'
  | 'BadArgument'
  | 'BadModel'
  | 'BadArchive'
  | 'StorageDenied'
  | 'StorageFull'
  | 'TakenOver'
  | 'ProjectLost';

/** An error with a stable name and a message that says what happened and what to do. */
export class AnysizeError extends Error {
  constructor(name: ErrorName, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = name;
  }
}

/** The message of anything thrown, for showing. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Anything thrown, as an error. */
export function asError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(String(thrown));
}
