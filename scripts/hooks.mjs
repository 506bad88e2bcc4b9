import { existsSync } from 'node:fs';
import { root, runBin } from './run.mjs';

// Neither an unpacked archive nor an install without development tools has hooks to set.
if (existsSync(`${root}.git`) && existsSync(`${root}node_modules/simple-git-hooks`)) {
  process.exitCode = await runBin('simple-git-hooks/cli.js', []);
}
