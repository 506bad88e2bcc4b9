import type { LayerSource, RunningLayers } from './layer.ts';
import type { States } from './states.ts';
import type { Store } from './store.ts';
import type { Voice } from './voice.ts';

export type Layers = Pick<RunningLayers, 'saw' | 'close'>;

/** Lets a source lay its layers on a store. Nobody is told that the client is ready before the first, or the end. */
export function beginLayers(
  source: LayerSource,
  { store, states, voice }: { readonly store: Store; readonly states: States; readonly voice: Voice },
): Layers {
  let isClosed = false;
  const release = states.hold();
  const running = source({ lay: (layer) => void (isClosed || store.lay(layer)), say: voice.say });
  running.loaded.then(release, release);
  return {
    saw: running.saw,
    close() {
      isClosed = true;
      running.close();
      release();
    },
  };
}
