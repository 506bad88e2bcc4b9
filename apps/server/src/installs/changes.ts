import type { CarriedOut, Change, Install } from '@taffrail/schema';
import { asJson } from '../flags/changes.ts';

export function installCreated(after: Install): Change {
  const summary = `install ${after.name} of the line ${after.line} created, ${after.connection}`;
  return { kind: 'install.created', sort: 'install', key: after.key, summary, after: asJson(after) };
}

/** What was done to an install; whoever retires it or brings it back says nothing else. */
export function installEdited(before: Install, after: Install): Change {
  const [was, is] = [before.retiredAt === undefined, after.retiredAt === undefined];
  const kind = was === is ? 'install.edited' : is ? 'install.brought-back' : 'install.retired';
  const summary = saidOf(before, after).join('; ');
  return { kind, sort: 'install', key: after.key, summary, before: asJson(before), after: asJson(after) };
}

function saidOf(before: Install, after: Install): string[] {
  const [was, is] = [before.retiredAt === undefined, after.retiredAt === undefined];
  return [
    ...(before.name === after.name ? [] : [`renamed ${before.name} → ${after.name}`]),
    ...(before.connection === after.connection ? [] : [`${before.connection} → ${after.connection}`]),
    ...(before.note === after.note ? [] : ['note changed']),
    ...(was && !is ? [`install ${after.name} retired: its keys are good no more`] : []),
    ...(!was && is ? [`install ${after.name} brought back`] : []),
  ];
}

export function carriedOutChange({ key, name }: Install, before: CarriedOut | undefined, after: CarriedOut): Change {
  const summary = `${after.release} r${after.revision} handed out for ${name}`;
  const sides = { ...(before && { before: asJson(before) }), after: asJson(after) };
  return { kind: 'install.carried', sort: 'carried', key, summary, ...sides };
}
