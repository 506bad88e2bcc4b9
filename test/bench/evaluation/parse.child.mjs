import { readFileSync } from 'node:fs';
import { report } from '../child.mjs';

// What the flags of a snapshot cost if JSON.parse is called on each of its lines and nothing else is done.
const [, ...lines] = readFileSync(process.argv[2], 'utf8').trimEnd().split('\n');
const documents = lines.map((line) => line.slice(line.indexOf('{')));
globalThis.gc();
const before = process.cpuUsage();
const parsed = documents.map((document) => JSON.parse(document));
const { user, system } = process.cpuUsage(before);
report({ parseMs: (user + system) / 1000, flags: parsed.length });
