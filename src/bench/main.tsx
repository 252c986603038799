import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import '../app/tokens.css';
import '../app/base.css';
import { ErrorBoundary } from '../app/ErrorBoundary.tsx';
import { keepThemeApplied } from '../app/theme.ts';
import { BenchPage } from './BenchPage.tsx';

keepThemeApplied();

const root = document.getElementById('root');
if (root) {
  createRoot(root).render(
    <StrictMode>
      <ErrorBoundary place="The bench">
        <BenchPage />
      </ErrorBoundary>
    </StrictMode>,
  );
}
