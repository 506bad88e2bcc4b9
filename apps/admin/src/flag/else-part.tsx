import type { Serve } from '@taffrail/engine';
import { useKnownShape } from '../contexts/known-shape.ts';
import { isSplit, percentOf, withRollout } from '../edit/percentages.ts';
import { isSwitch, offVariant, onVariant } from '../edit/variants.ts';
import { InlinePercent, InlineSelect } from '../ui/inline.tsx';
import styles from './column.module.css';
import type { Editor } from './editor.ts';
import { Part } from './part.tsx';
import { ServeEditor } from './serve-editor.tsx';

/** What everyone else gets. For a plain switch it is one number. */
export function ElsePart({ editor, differs }: { readonly editor: Editor; readonly differs: boolean }) {
  const { flag, published, edit } = editor;
  return (
    <Part label="Else" differs={differs}>
      {isSwitch(flag) && isOneNumber(flag.fallthrough) ? (
        <OneNumber editor={editor} />
      ) : (
        <ServeEditor
          editor={editor}
          label="Served to everyone else"
          serve={flag.fallthrough}
          published={published.fallthrough}
          onChange={(fallthrough) => edit({ fallthrough })}
        />
      )}
    </Part>
  );
}

function isOneNumber(serve: Serve): boolean {
  return (
    'variant' in serve ||
    (isSplit(serve) && serve.arms.length === 1 && serve.split.path === undefined && serve.split.salt === undefined)
  );
}

/** Click the number, type 10. Where the flag was off, a percentage turns it on, and the publish bar says so. */
function OneNumber({ editor }: { readonly editor: Editor }) {
  const { scope, environment, flag, published, disabled, edit } = editor;
  const { kinds } = useKnownShape(scope, environment.key);
  const { fallthrough } = flag;
  const given = givenBy(fallthrough) ?? { variant: onVariant(flag) };
  const rest: Serve = { variant: Object.keys(flag.variants).find((name) => name !== given.variant) ?? offVariant(flag) ?? '' };
  const split = isSplit(fallthrough) ? fallthrough.split : { kind: kinds[0] ?? 'org' };
  const roll = (percent: number, kind = split.kind) =>
    edit({
      ...(flag.on || flag.locked ? {} : { on: true }),
      fallthrough: withRollout(published.fallthrough, { ...split, kind }, percent, given, rest),
    });
  const percent = percentGiven(fallthrough, given.variant);
  return (
    <span className={styles.line}>
      <InlinePercent
        label={`Percentage that gets ${given.variant}`}
        percent={percent}
        disabled={disabled}
        onChange={(next) => roll(next)}
      />
      of
      <InlineSelect
        label="Percentage of"
        options={kinds.map((kind) => ({ value: kind, label: kind }))}
        value={split.kind}
        disabled={disabled}
        onChange={(kind) => roll(percent, kind)}
      />
      <span className={styles.arrow} aria-hidden="true">
        →
      </span>
      <strong>{given.variant}</strong>
      {percent < 100 && <span className={styles.dim}>else {rest.variant}</span>}
    </span>
  );
}

function givenBy(serve: Serve): { readonly variant: string } | undefined {
  const given = isSplit(serve) ? serve.arms[0]?.serve : undefined;
  return given && 'variant' in given ? given : undefined;
}

function percentGiven(serve: Serve, variant: string): number {
  const [arm] = isSplit(serve) ? serve.arms : [];
  if (arm) return percentOf(arm);
  return 'variant' in serve && serve.variant === variant ? 100 : 0;
}
