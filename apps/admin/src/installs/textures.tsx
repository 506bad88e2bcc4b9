import styles from './timeline.module.css';

/** So many textures that neighbours never have the same. */
const textures = ['', 'M0 8L8 0', 'M0 4H8', 'M0 0L8 8'] as const;

/** Strokes over the colours of neighbouring areas, for whoever does not tell the colours apart. */
export function Textures({ id }: { readonly id: string }) {
  return (
    <defs>
      {textures.map((path, index) => (
        <pattern key={path} id={`${id}-${index}`} width="8" height="8" patternUnits="userSpaceOnUse">
          <path className={styles.texture} d={path} />
        </pattern>
      ))}
    </defs>
  );
}

export const textureOf = (id: string, band: number): string => `url(#${id}-${band % textures.length})`;
