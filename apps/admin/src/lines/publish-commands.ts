import type { Scope } from '../api/scope.ts';

/** The commands are meant for a shell that is somewhere else: they name their project. */
const at = ({ org, project }: Scope): string => `--organization ${org} --project ${project}`;

/** Where the root is, without a network. */
const offline = '--folder offline';

/** From no key to a list that sites trust: drawn where there is no network, published where there is. */
export function firstKeysCommands(scope: Scope, line: string): string {
  return [
    `taffrail keys init ${scope.project} --line ${line} --keyid vendor-1 ${offline}`,
    `taffrail keys publish ${offline} ${at(scope)}`,
  ].join('\n');
}

/** A new key, or an end to one that was stolen. */
export function changeKeysCommands(scope: Scope, line: string): string {
  return [
    '# a new key signs from now on, no other does:',
    `taffrail keys rotate KEYID ${offline}`,
    '# a key that was stolen:',
    `taffrail keys revoke KEYID ${offline}`,
    '# then:',
    `taffrail keys publish --file offline/keys.json --line ${line} ${at(scope)}`,
  ].join('\n');
}

/** Signs whatever waits, now and from now on, where the key is. */
export const signerCommand = (scope: Scope, line: string): string =>
  `taffrail signer --line ${line} --key KEY.pem --keyid KEYID ${at(scope)}`;
