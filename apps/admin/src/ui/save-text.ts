/** So long a browser may take to begin a download. */
const graceMs = 10_000;

/** Hands a text to the browser as a file: UTF-8 of exactly itself. */
export function saveText(name: string, text: string): void {
  const href = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
  const link = document.createElement('a');
  link.href = href;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(href), graceMs);
}
