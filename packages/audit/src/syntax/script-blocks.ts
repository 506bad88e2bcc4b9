/** The scripts of a Vue or Svelte component where they stand, and blanks for everything else: lines and columns stay. */
export function onlyScripts(text: string): string {
  let kept = '';
  for (const [start, end] of scripts(text)) {
    kept += blank(text.slice(kept.length, start)) + text.slice(start, end);
  }
  return kept;
}

function* scripts(text: string): Generator<readonly [start: number, end: number]> {
  const lower = text.toLowerCase();
  for (let open = lower.indexOf('<script'); open >= 0;) {
    const start = lower.indexOf('>', open) + 1;
    const end = start === 0 ? -1 : lower.indexOf('</script', start);
    if (end < 0) return;
    yield [start, end];
    open = lower.indexOf('<script', end);
  }
}

const blank = (text: string) => text.replace(/[^\r\n]/g, ' ');
