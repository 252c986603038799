import { Monitor, Moon, Sun } from 'lucide-react';
import type { Theme } from '../store/settings.ts';
import { useStore } from '../store/store.ts';
import { Button } from '../ui/Button.tsx';

const NEXT: Record<Theme, Theme> = { system: 'light', light: 'dark', dark: 'system' };
const ICON = { system: Monitor, light: Sun, dark: Moon };
const NAME: Record<Theme, string> = { system: 'as the system', light: 'light', dark: 'dark' };

export function ThemeSwitch() {
  const theme = useStore((state) => state.settings.theme);
  const changeSettings = useStore((state) => state.changeSettings);
  const Icon = ICON[theme];
  const label = `Theme: ${NAME[theme]}. Change to ${NAME[NEXT[theme]]}`;
  return (
    <Button look="quiet" icon aria-label={label} title={label} onClick={() => changeSettings({ theme: NEXT[theme] })}>
      <Icon size={16} aria-hidden />
    </Button>
  );
}
