import type { Install, InstallsAffected } from '@taffrail/schema';
import type { Applied } from '../changes/command.ts';
import { byVersion } from '../releases/versions.ts';
import { runningIn, type Running } from './running.ts';

const namesShown = 10;

/**
 * Whom a command reaches: installs of a release that gets another shipment; and, where it changes what a flag may be in releases, all
 * that will upgrade to one that is cut from now on.
 */
export function installsAffected({ state, outcome, occasion }: Applied): InstallsAffected[] {
  const issued = outcome.write.flatMap(({ sort, body }) => (sort === 'shipment' && body ? [body as Issued] : []));
  const isPolicy = outcome.write.some(({ sort }) => sort === 'onprem');
  if (issued.length === 0 && !isPolicy) return [];
  const running = runningIn(state, occasion.sites());
  return [...issued.flatMap((one) => rowOf(running, one)), ...(isPolicy ? upgrading(running) : [])];
}

type Issued = Pick<InstallsAffected, 'release'> & Partial<Pick<InstallsAffected, 'revision'>>;

function upgrading(running: Running): InstallsAffected[] {
  return [...running.keys()].sort(byVersion).flatMap((release) => rowOf(running, { release }));
}

const isConnected = ({ connection }: Install): boolean => connection === 'connected';

function rowOf(running: Running, { release, revision }: Issued): InstallsAffected[] {
  const installs = running.get(release) ?? [];
  if (installs.length === 0) return [];
  const connected = installs.filter(isConnected).length;
  return [
    {
      release,
      ...(revision !== undefined && { revision }),
      connected,
      airGapped: installs.length - connected,
      names: installs.slice(0, namesShown).map(({ name }) => name),
    },
  ];
}
