/** Outlines on a 16 px grid, drawn for this UI. One row an icon. */
const paths = {
  search: 'M7 12.2A5.2 5.2 0 1 0 7 1.8a5.2 5.2 0 0 0 0 10.4ZM11 11l3.4 3.4',
  plus: 'M8 2.8v10.4M2.8 8h10.4',
  close: 'M3.6 3.6l8.8 8.8M12.4 3.6l-8.8 8.8',
  check: 'M2.8 8.6l3.4 3.4 7-7.6',
  power: 'M8 1.8v6M4.5 4.2a5.2 5.2 0 1 0 7 0',
  lock: 'M3.5 7.2h9v6.6h-9zM5.3 7V5a2.7 2.7 0 0 1 5.4 0v2',
  undo: 'M5.8 2.6L2.6 5.8 5.8 9M3 5.8h6.4a3.9 3.9 0 0 1 0 7.8H6',
  sun: 'M8 11a3 3 0 1 0 0-6 3 3 0 0 0 0 6ZM8 1v1.4M8 13.6V15M1 8h1.4M13.6 8H15M3 3l1 1M12 12l1 1M3 13l1-1M12 4l1-1',
  moon: 'M13.6 9.6A6 6 0 0 1 6.4 2.4a6 6 0 1 0 7.2 7.2Z',
  menu: 'M2 4h12M2 8h12M2 12h12',
  more: 'M3.2 8h.01M8 8h.01M12.8 8h.01',
  down: 'M4 6.2l4 4 4-4',
  right: 'M6.2 4l4 4-4 4',
  up: 'M4 9.8l4-4 4 4',
  copy: 'M5.5 5.5h8v8h-8zM10.5 5.5v-3h-8v8h3',
  person: 'M8 7.4a2.8 2.8 0 1 0 0-5.6 2.8 2.8 0 0 0 0 5.6ZM2.6 14.2c.5-2.8 2.6-4.4 5.4-4.4s4.9 1.6 5.4 4.4',
  back: 'M7 3L2.4 8 7 13M2.8 8h11',
  warn: 'M8 2L14.8 13.800H1.200zM8 6.400v3.400M8 11.800v.01',
  live: 'M8 9.200a1.2 1.2 0 1 0 0-2.4 1.2 1.2 0 0 0 0 2.400ZM4.6 11.400a4.8 4.8 0 0 1 0-6.800M11.4 4.600a4.8 4.8 0 0 1 0 6.8',
  flag: 'M4 1.600v12.800M4 2.600h8.600l-2 2.9 2 2.900H4',
} as const;

export type IconName = keyof typeof paths;

/** Decoration only: the control around it carries the name. */
export function Icon({ name, size = 14 }: { readonly name: IconName; readonly size?: number }) {
  const weight = name === 'more' ? 2.4 : 1.5;
  return (
    <svg width={size} height={size} viewBox="0 0 16 16" aria-hidden="true" focusable="false" style={{ flex: 'none' }}>
      <path d={paths[name]} fill="none" stroke="currentColor" strokeWidth={weight} strokeLinecap="round" strokeLinejoin="round" />
    </svg>
  );
}
