/** A file dropped while a tab is still opening must not replace the page, which is what browsers do with a drop that nobody takes. */
export function guardDrops(): void {
  for (const type of ['dragover', 'drop'] as const) {
    window.addEventListener(type, (event) => {
      if (!event.dataTransfer?.types.includes('Files')) return;
      event.preventDefault();
      // Whoever takes it says so after this.
      event.dataTransfer.dropEffect = 'none';
    });
  }
}
