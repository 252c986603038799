/** What tabs tell each other about projects. */
export type ProjectMessage =
  /** Something of this project was saved. */
  | { kind: 'saved'; project: string }
  /** A project came, went or was renamed. */
  | { kind: 'list' }
  /** Please save and let go: another tab takes the project over. */
  | { kind: 'yield'; project: string }
  /** It will not be let go: something of it cannot be saved. */
  | { kind: 'refused'; project: string };

const channel = typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel('anysize-projects');

export function tellTabs(message: ProjectMessage): void {
  channel?.postMessage(message);
}

/** Hears what other tabs say; never what this one says. @returns ends it */
export function onTabs(listener: (message: ProjectMessage) => void): () => void {
  const hear = (event: MessageEvent) => listener(event.data as ProjectMessage);
  channel?.addEventListener('message', hear);
  return () => channel?.removeEventListener('message', hear);
}
