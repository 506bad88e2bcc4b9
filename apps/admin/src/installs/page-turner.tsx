import { setQuery, useQuery as useAddressQuery } from '../routes/location.ts';
import { Button } from '../ui/button.tsx';
import pageStyles from '../ui/page.module.css';
import { grouped } from '../words/numbers.ts';

interface PageTurnerProps {
  readonly total: number;
  readonly shown: number;
  readonly next: string | undefined;
}

/** The way through a list that is longer than a page. The browser's own way back turns back, page by page. */
export function PageTurner({ total, shown, next }: PageTurnerProps) {
  const isFirst = !useAddressQuery().has('after');
  if (isFirst && next === undefined) return null;
  return (
    <nav className={pageStyles.row} aria-label="Pages of the list">
      {!isFirst && <Button onClick={() => turn(null)}>First page</Button>}
      {next !== undefined && <Button onClick={() => turn(next)}>Next page</Button>}
      <span className={pageStyles.dim}>
        {grouped(shown)} of {grouped(total)}, by key
      </span>
    </nav>
  );
}

function turn(after: string | null): void {
  setQuery({ after }, { replace: false });
  document.querySelector('[aria-label="Installs"]')?.scrollIntoView();
}
