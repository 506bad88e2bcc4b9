import type { BackOutDocument } from '@taffrail/schema';

export type Severity = BackOutDocument['severity'];

/** One sentence each on what a site makes of it. */
export const severities: readonly { readonly value: Severity; readonly label: string; readonly about: string }[] = [
  {
    value: 'required',
    label: 'Required',
    about: 'Off everywhere. A site that overrides the flag has it off too, until its operator acknowledges this back-out.',
  },
  {
    value: 'advisory',
    label: 'Advisory',
    about: 'Off, with a warning. A site that overrides the flag keeps it on.',
  },
];

export const severityLabel = (severity: Severity): string =>
  severities.find(({ value }) => value === severity)?.label ?? severity;
