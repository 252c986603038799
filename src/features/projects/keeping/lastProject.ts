const LAST_KEY = 'anysize.project';

/** The project of the last visit. */
export function lastProject(): string | null {
  try {
    return localStorage.getItem(LAST_KEY);
  } catch {
    return null;
  }
}

export function rememberProject(id: string): void {
  try {
    localStorage.setItem(LAST_KEY, id);
  } catch {
    // Storage is denied: the newest project opens next time.
  }
}
