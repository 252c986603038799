import type { Theme } from '../store/settings.ts';
import { useStore } from '../store/store.ts';

function apply(theme: Theme): void {
  if (theme === 'system') delete document.documentElement.dataset['theme'];
  else document.documentElement.dataset['theme'] = theme;
}

/** Puts the chosen theme on <html> now and whenever it changes. */
export function keepThemeApplied(): void {
  apply(useStore.getState().settings.theme);
  useStore.subscribe((state, previous) => {
    if (state.settings.theme !== previous.settings.theme) apply(state.settings.theme);
  });
}
