import type { Option } from '../ui/field.tsx';
import type { FlagKind } from './form.ts';

/** What a flag is for. The first two are temporary: they have an owner and end. */
export const kindOptions: readonly Option<FlagKind>[] = [
  { value: 'release', label: 'release (temporary)' },
  { value: 'experiment', label: 'experiment (temporary)' },
  { value: 'entitlement', label: 'entitlement' },
  { value: 'config', label: 'config' },
  { value: 'operational', label: 'operational' },
];
