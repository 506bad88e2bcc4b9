/**
 * Runs in a page before anything of the page does, so it refers to nothing outside. It tells in `taffrailBench`, in ms since the page
 * was asked for: when the awaited row was first painted, and when what was typed in the search field was. And how long tasks took.
 */
export function probe({ watched, search }) {
  const seen = { drawnMs: undefined, answeredMs: undefined, longTasksMs: [] };
  globalThis.taffrailBench = seen;
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) seen.longTasksMs.push(duration);
  }).observe({ type: 'longtask', buffered: true });
  const look = () => {
    if (!document.querySelector(watched)) return requestAnimationFrame(look);
    return afterFrame('drawnMs', () => document.querySelector(search)?.focus());
  };
  requestAnimationFrame(look);
  addEventListener('input', () => requestAnimationFrame(() => afterFrame('answeredMs')), { capture: true });

  /** Called before a frame is painted, it tells when it first was. */
  function afterFrame(figure, then = () => {}) {
    const { port1, port2 } = new MessageChannel();
    const tell = () => {
      then();
      seen[figure] ??= performance.now();
    };
    port1.addEventListener('message', tell, { once: true });
    port1.start();
    port2.postMessage(null);
  }
}
