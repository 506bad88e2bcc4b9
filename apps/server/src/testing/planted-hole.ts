import Sqlite from 'better-sqlite3';

/**
 * Plants a hole: the query that looks a member up by organization and person finds them whatever the organization is. Holds for
 * servers that prepare it from now on; the returned function mends it.
 */
export function forgetOrganizations(): () => void {
  // oxlint-disable-next-line typescript/unbound-method -- it is called on the database that it is replaced on
  const { prepare } = Sqlite.prototype;
  let planted = 0;
  Sqlite.prototype.prepare = function (this: Sqlite.Database, sql: string) {
    const isIt = sql.startsWith('select "body" from "documents" where') && sql.includes('"documents"."sort" = ?');
    if (isIt) planted++;
    return prepare.call(this, isIt ? sql.replace('"documents"."org" = ?', '? IS NOT NULL') : sql);
  } as typeof prepare;
  return () => {
    Sqlite.prototype.prepare = prepare;
    if (planted === 0) throw new Error('The query that the hole is planted in is gone: plant it elsewhere.');
  };
}
