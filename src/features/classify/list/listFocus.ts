/** True from when the list of photos went until {@link tookFocusBack}. */
let left = false;

/** The list of photos is no longer there, and the keyboard's focus with it. */
export function leftList(): void {
  left = true;
}

/** Focuses what takes the list's place, where the list went with the focus on it; on a fresh page and after a choice of another place it does nothing. */
export function tookFocusBack(place: HTMLElement | null): void {
  if (left && nothingFocused()) place?.focus();
  left = false;
}

/** True where the element that had the focus is gone, or none ever had it. */
export function nothingFocused(): boolean {
  return document.activeElement === null || document.activeElement === document.body;
}
