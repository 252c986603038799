import { Tabs } from 'radix-ui';
import { Suspense, useDeferredValue, useEffect, useState } from 'react';
import { useStore } from '../store/store.ts';
import type { TabId } from '../store/view.ts';
import { lazyAgain } from '../ui/lazyAgain.tsx';
import styles from './App.module.css';
import { BackendBadge } from './BackendBadge.tsx';
import { ErrorBoundary } from './ErrorBoundary.tsx';
import { KeysButton } from './KeysButton.tsx';
import { Notices } from './Notices.tsx';
import { TABS } from './tabs/tabs.tsx';
import { ThemeSwitch } from './ThemeSwitch.tsx';
import { useModality } from './useModality.ts';

/** After the first paint: it has nothing to say before. */
const KeepingBanner = lazyAgain<object>(async () => {
  const module = await import('../features/projects/KeepingBanner.tsx');
  return { default: module.KeepingBanner };
});

/** The tab that the address names (`#finetune`), so that a link and a reload keep the place. */
function useTabInAddress(tab: TabId, setTab: (tab: TabId) => void): void {
  const [first] = useState(() => TABS.find(({ id }) => `#${id}` === location.hash)?.id);
  useEffect(() => {
    if (first) setTab(first);
    const follow = () => {
      const named = TABS.find(({ id }) => `#${id}` === location.hash);
      if (named) setTab(named.id);
    };
    window.addEventListener('hashchange', follow);
    return () => window.removeEventListener('hashchange', follow);
  }, [first, setTab]);
  useEffect(() => {
    const hash = tab === 'classify' ? '' : `#${tab}`;
    // A whole address: a path of two slashes alone would be taken for another host.
    const address = new URL(location.href);
    address.hash = hash;
    if (location.hash !== hash) history.replaceState(null, '', address);
    // On a phone not all tabs fit beside each other.
    const place = TABS.findIndex(({ id }) => id === tab);
    document.querySelectorAll('header [role=tab]')[place]?.scrollIntoView({ inline: 'nearest', block: 'nearest' });
  }, [tab]);
}

const loadLive = () => import('./classify/LiveView.tsx').then(({ LiveView }) => ({ default: LiveView }));
const LiveView = lazyAgain(loadLive);

export function App() {
  const camera = useStore((state) => state.cameraOpen);
  const tab = useStore((state) => state.tab);
  const setTab = useStore((state) => state.setTab);
  // The tab that was asked for is made in slices; until it is there the one before stays.
  const shown = useDeferredValue(tab);
  useTabInAddress(tab, setTab);
  useModality();

  return (
    <Tabs.Root className={styles['app']} value={shown} onValueChange={(value) => setTab(value as TabId)}>
      <header className={styles['header']}>
        <h1 className={styles['brand']}>Anysize</h1>
        <Tabs.List className={styles['tabs']} aria-label="What to do">
          {TABS.map(({ id, label, more }) => (
            <Tabs.Trigger key={id} value={id} className={styles['tab']}>
              {label}
              {more && <span className={styles['more']}> {more}</span>}
            </Tabs.Trigger>
          ))}
        </Tabs.List>
        <div className={styles['tools']}>
          <BackendBadge />
          <ThemeSwitch />
          <KeysButton />
        </div>
      </header>
      {camera && (
        <ErrorBoundary place="Camera">
          <Suspense>
            <LiveView />
          </Suspense>
        </ErrorBoundary>
      )}
      <main className={styles['main']}>
        <Notices />
        <ErrorBoundary place="Saving">
          <Suspense>
            <KeepingBanner />
          </Suspense>
        </ErrorBoundary>
        {TABS.map(({ id, label, more, Content }) => (
          <Tabs.Content key={id} value={id} className={styles['content']} tabIndex={-1}>
            <ErrorBoundary place={[label, more].join(' ').trim()}>
              {id === shown && (
                <Suspense fallback={<p className={styles['loading']}>Opening {[label, more].join(' ').trim()}…</p>}>
                  <Content />
                </Suspense>
              )}
            </ErrorBoundary>
          </Tabs.Content>
        ))}
      </main>
    </Tabs.Root>
  );
}
