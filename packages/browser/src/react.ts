'use client';

export { Flag, type FlagProps } from './react/flag.ts';
export { FlagsProvider, type FlagsProviderProps } from './react/provider.ts';
export type { FlagSource } from './react/source.ts';
export { useFlag, useFlagDetails } from './react/use-flag.ts';
