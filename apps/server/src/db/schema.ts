import { sqlite } from './columns.ts';
import { defineTables } from './tables.ts';

/** Real tables, under the names that drizzle-kit looks for. */
export const {
  meta,
  revisions,
  documents,
  versions,
  history,
  answers,
  contexts,
  people,
  sessions,
  links,
  secrets,
  acknowledgements,
  sites,
} = defineTables(sqlite);
