import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { build } from './build.mjs';
import { root, runBin } from './run.mjs';
import { workspaces } from './workspaces.mjs';

// What a package promises in its manifest is checked on its tarball, the way each kind of importer would find it.
if ((await build()) !== 0) process.exit(1);
for (const { folder, manifest } of workspaces()) {
  if (manifest.private) continue;
  await checkManifest(folder, manifest);
  if ('.' in (manifest.exports ?? {})) await checkTypes(folder, manifest);
}

async function checkManifest(folder, manifest) {
  const { messages } = await publint({ pkgDir: root + folder, strict: true });
  for (const message of messages) {
    process.stdout.write(`${manifest.name}: ${formatMessage(message, manifest)}\n`);
    process.exitCode = 1;
  }
}

async function checkTypes(folder, { exports }) {
  const profile = 'require' in exports['.'] ? 'node16' : 'esm-only';
  const args = ['--pack', folder, '--profile', profile, '--quiet', '--exclude-entrypoints', './package.json'];
  if ((await runBin('@arethetypeswrong/cli/dist/index.js', args)) !== 0) process.exitCode = 1;
}
