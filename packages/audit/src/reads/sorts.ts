import type { FlagType, Json } from '@taffrail/engine';

/** What somebody passes: an argument's place, or a member of what is passed there. */
export interface Slot {
  readonly index: number;
  readonly path: readonly string[];
}

/** How a call reads a flag. */
export interface ReadSort {
  readonly key: Slot;
  readonly codeDefault?: Slot;
  /** The code default of calls that pass none. */
  readonly implied?: Json;
  /** Absent: the type is that of the code default. */
  readonly type?: FlagType;
  /** With fewer arguments it is another function of the same name. */
  readonly leastArguments: number;
}

export const argument = (index: number, ...path: readonly string[]): Slot => ({ index, path });

const byDefault: ReadSort = { key: argument(0), codeDefault: argument(1), leastArguments: 2 };
const boolean: ReadSort = { key: argument(0), implied: false, type: 'boolean', leastArguments: 1 };

/** The methods of our clients. */
export const clientReads: Readonly<Record<string, ReadSort>> = { isEnabled: boolean, value: byDefault, details: byDefault };

const openFeatureTypes = { Boolean: 'boolean', String: 'string', Number: 'number', Object: 'json' } as const;

/** The methods of OpenFeature's clients: their names say enough, whatever they are called on. */
export const openFeatureReads: Readonly<Record<string, ReadSort>> = Object.fromEntries(
  Object.entries(openFeatureTypes).flatMap(([name, type]) =>
    ['Value', 'Details'].map((end) => [`get${name}${end}`, { ...byDefault, type }] as const),
  ),
);

const openFeatureHooks: Record<string, ReadSort> = Object.fromEntries(
  Object.entries(openFeatureTypes).flatMap(([name, type]) =>
    ['use', 'useSuspense'].flatMap((start) =>
      ['Value', 'Details'].map((end) => [`${start}${name}Flag${end}`, { ...byDefault, type }] as const),
    ),
  ),
);

/** Functions that packages export, by package and name. */
export const functionReads: Readonly<Record<string, Readonly<Record<string, ReadSort>>>> = {
  '@taffrail/browser/react': { useFlag: byDefault, useFlagDetails: byDefault },
  '@openfeature/react-sdk': { useFlag: byDefault, useSuspenseFlag: byDefault, ...openFeatureHooks },
};

/** Components that packages export; their properties are the members of argument 0. */
export const componentReads: typeof functionReads = {
  '@taffrail/browser/react': { Flag: { key: argument(0, 'flag'), implied: false, type: 'boolean', leastArguments: 1 } },
  '@openfeature/react-sdk': {
    FeatureFlag: { key: argument(0, 'flagKey'), codeDefault: argument(0, 'defaultValue'), leastArguments: 1 },
  },
};
