'use client';

export { TestFlagsProvider, type TestFlagsProviderProps } from './react/test-flags-provider.ts';
