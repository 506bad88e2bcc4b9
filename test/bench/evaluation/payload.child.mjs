import { writeFileSync } from 'node:fs';
import { adapterOf } from './adapters/index.mjs';
import { mixed } from './flags.mjs';
import { report } from '../child.mjs';

// Writes the flags as one SDK's server would send them: elsewhere than where they are read, so that nothing is warm there.
const [name, count, file] = process.argv.slice(2);
const text = (await adapterOf(name)).payload(mixed(Number(count)));
writeFileSync(file, text);
report({ bytes: Buffer.byteLength(text) });
