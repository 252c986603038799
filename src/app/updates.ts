import { registerSW } from 'virtual:pwa-register';
import { useStore } from '../store/store.ts';

/** Makes the app work offline, and says so when a newer version waits. Only the built app has a service worker. */
export function watchForUpdates(): void {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return;
  registerSW({
    onNeedRefresh: () =>
      useStore
        .getState()
        .addNotice('A new version of Anysize is ready. It starts once all its tabs have been closed; nothing is lost.'),
    // Private windows and some settings refuse service workers: then there is no offline use, and all else works.
    onRegisterError: () => {},
  });
}
