import type { Case, ConformanceFile, Group, Refused } from './file.ts';
import { operators } from './operators.ts';
import { refused } from './refused.ts';
import { scenes } from './scenes.ts';

/** The files of this folder, by name, as the engine of this repository answers today. */
export const files = (): Readonly<Record<string, ConformanceFile>> => ({
  'operators.json': { groups: operators(), refused: [] },
  'evaluation.json': { groups: scenes(), refused: [] },
  'snapshots.json': { groups: [], refused: refused() },
});

/** A line for each line of a snapshot and for each case, so that a difference shows what it is about. */
export const formatFile = ({ groups, refused: bad }: ConformanceFile): string =>
  `{\n"groups": [${listed(groups, formatGroup)}],\n"refused": [${listed(bad, formatRefused)}]\n}\n`;

const listed = <T>(all: readonly T[], format: (one: T) => string): string =>
  all.length === 0 ? '' : `\n${all.map(format).join(',\n')}\n`;

const formatGroup = ({ name, lines, cases }: Group): string =>
  `{ "name": ${json(name)},\n"lines": [${listed(lines, json)}],\n"cases": [${listed(cases, (one: Case) => json(one))}] }`;

const formatRefused = ({ name, lines }: Refused): string => `{ "name": ${json(name)},\n"lines": [${listed(lines, json)}] }`;

/** ASCII, so that no tool on the way changes it. */
const json = (value: unknown): string =>
  JSON.stringify(value).replace(/[^ -~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
