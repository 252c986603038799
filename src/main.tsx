import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import './app/tokens.css';
import './app/base.css';
import { App } from './app/App.tsx';
import { ErrorBoundary } from './app/ErrorBoundary.tsx';
import { guardDrops } from './app/guardDrops.ts';
import { startEngine } from './app/startEngine.ts';
import { keepThemeApplied } from './app/theme.ts';
import { watchForUpdates } from './app/updates.ts';

keepThemeApplied();
guardDrops();

const root = document.getElementById('root');
if (root) {
  createRoot(root).render(
    <StrictMode>
      <ErrorBoundary place="Anysize">
        <App />
      </ErrorBoundary>
    </StrictMode>,
  );
}

startEngine();
// After the first paint: the last project is there a moment later.
void import('./app/startProjects.ts').then(({ startProjects }) => startProjects());
watchForUpdates();
