import { useQuery } from '@tanstack/react-query';
import { useDeferredValue, useEffect, useRef, useState } from 'react';
import { type MatrixFilter, releasesQuery } from '../api/release-queries.ts';
import type { Scope } from '../api/scope.ts';
import toolbar from '../flags/toolbar.module.css';
import { setQuery } from '../routes/location.ts';
import { Button } from '../ui/button.tsx';
import { Icon } from '../ui/icon.tsx';
import { InlineSelect } from '../ui/inline.tsx';
import { OneOf } from '../ui/segmented.tsx';
import { useHotkeys } from '../ui/use-hotkeys.ts';
import styles from './matrix.module.css';

interface ReleaseToolsProps {
  readonly scope: Scope;
  readonly filter: MatrixFilter;
  readonly mayCut: boolean;
}

const supports = [
  { value: 'all', label: 'All' },
  { value: 'only', label: 'Supported' },
] as const;

/** One line above the releases: which flags, which releases, and a new one. */
export function ReleaseTools({ scope, filter, mayCut }: ReleaseToolsProps) {
  return (
    <div className={toolbar.toolbar}>
      <Search first={filter.search ?? ''} />
      <div className={styles.filters}>
        <OneOf
          label="Which releases"
          options={supports}
          value={filter.supported ?? 'all'}
          onChange={(value) => setQuery({ supported: value === 'all' ? null : value })}
        />
        <LineChoice scope={scope} line={filter.line} />
      </div>
      {mayCut && (
        <Button tone="primary" icon="plus" onClick={() => setQuery({ cut: 'open' })}>
          Cut release
        </Button>
      )}
    </div>
  );
}

function Search({ first }: { readonly first: string }) {
  const input = useRef<HTMLInputElement>(null);
  const [search, setSearch] = useState(first);
  const settled = useDeferredValue(search);
  useHotkeys({ '/': () => input.current?.select() });
  useEffect(() => setQuery({ q: settled }), [settled]);
  return (
    <label className={toolbar.search}>
      <Icon name="search" />
      <input
        ref={input}
        type="search"
        aria-label="Search flags in releases"
        placeholder="Search flags  /"
        value={search}
        onChange={(event) => setSearch(event.target.value)}
      />
    </label>
  );
}

/** Of one line there is nothing to choose. */
function LineChoice({ scope, line = '' }: { readonly scope: Scope; readonly line: string | undefined }) {
  const { data: releases = [] } = useQuery(releasesQuery(scope));
  const lines = [...new Set(releases.map((release) => release.line))].sort();
  if (lines.length < 2) return null;
  const options = [{ value: '', label: 'all lines' }, ...lines.map((value) => ({ value, label: `line ${value}` }))];
  return <InlineSelect label="Line" options={options} value={line} onChange={(value) => setQuery({ line: value })} />;
}
