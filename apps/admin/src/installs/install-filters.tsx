import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { Scope } from '../api/scope.ts';
import { linesQuery } from '../lines/queries.ts';
import { setQuery, useQuery as useAddressQuery } from '../routes/location.ts';
import toolbarStyles from '../flags/toolbar.module.css';
import { classNames } from '../ui/class-names.ts';
import { Icon } from '../ui/icon.tsx';
import type { Option } from '../ui/field.tsx';
import { useHotkeys } from '../ui/use-hotkeys.ts';
import styles from './installs.module.css';
import type { InstallList } from './queries.ts';

/** Between the last letter and the question, so that a word is one question. */
const settleMs = 200;

interface InstallFiltersProps {
  readonly scope: Scope;
  readonly running: InstallList['running'];
}

/** Which installs: by name, by line where there are several, by the release that they run. */
export function InstallFilters({ scope, running }: InstallFiltersProps) {
  const address = useAddressQuery();
  const { data: lines = [] } = useQuery(linesQuery(scope));
  const releases = [...new Set(running.map(({ release }) => release))];
  const asked = address.get('release') ?? '';
  const known = asked === '' || releases.includes(asked) ? releases : [asked, ...releases];
  return (
    <>
      <Search />
      {lines.length > 1 && (
        <Choice
          name="line"
          label="Line"
          all="All lines"
          options={lines.map(({ line }) => line)}
          value={address.get('line') ?? ''}
        />
      )}
      {known.length > 0 && <Choice name="release" label="Release" all="All releases" options={known} value={asked} />}
      <button
        type="button"
        className={toolbarStyles.chip}
        aria-pressed={address.has('retired')}
        onClick={() => setQuery({ retired: address.has('retired') ? null : 'only', standing: null, after: null })}
      >
        Retired
      </button>
    </>
  );
}

function Search() {
  const asked = useAddressQuery().get('q') ?? '';
  const [text, setText] = useState(asked);
  const [input, setInput] = useState<HTMLInputElement | null>(null);
  useHotkeys({ '/': () => input?.select() });
  useEffect(() => {
    if (document.activeElement !== input) setText(asked);
  }, [asked, input]);
  useEffect(() => {
    const timer = setTimeout(() => text === asked || setQuery({ q: text, after: null }), settleMs);
    return () => clearTimeout(timer);
  }, [text, asked]);
  return (
    <label className={classNames(toolbarStyles.search, styles.search)}>
      <Icon name="search" />
      <input
        ref={setInput}
        type="search"
        aria-label="Search installs"
        placeholder="Name or key  /"
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
    </label>
  );
}

interface ChoiceProps {
  readonly name: 'line' | 'release';
  readonly label: string;
  /** What stands for any. */
  readonly all: string;
  readonly options: readonly string[];
  readonly value: string;
}

function Choice({ name, label, all, options, value }: ChoiceProps) {
  const rows: readonly Option[] = [{ value: '', label: all }, ...options.map((option) => ({ value: option, label: option }))];
  return (
    <select
      aria-label={label}
      className={styles.select}
      value={value}
      onChange={(event) => setQuery({ [name]: event.target.value, after: null })}
    >
      {rows.map((row) => (
        <option key={row.value} value={row.value}>
          {row.label}
        </option>
      ))}
    </select>
  );
}
