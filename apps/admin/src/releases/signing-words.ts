import type { Scope } from '../api/scope.ts';

/** The commands are meant for a shell that is somewhere else: they name their project. */
const at = ({ org, project }: Scope): string => `--organization ${org} --project ${project}`;

/** How a shipment is signed by hand, where the key is, and brought back. */
export function signCommands(scope: Scope, release: string, revision: number): string {
  const name = `${release}-r${revision}`;
  return [
    `taffrail release payload ${release} ${name}.payload.json --revision ${revision} ${at(scope)}`,
    `taffrail shipment sign ${name}.payload.json --key KEY.pem --keyid KEYID --output ${name}.json`,
    `taffrail shipment publish ${name}.json ${at(scope)}`,
  ].join('\n');
}

/** How what a release of the product carries is written into its package. */
export const exportCommand = (scope: Scope, release: string): string =>
  `taffrail shipment export ${release} --package flags ${at(scope)}`;
