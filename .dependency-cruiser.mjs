/** A package imports only from rows above its own; a row's members do not know each other. */
const rows = [
  ['packages/engine'],
  ['packages/schema'],
  ['packages/publish', 'packages/shipment', 'packages/importers', 'packages/sdk-core'],
  ['packages/node', 'packages/browser', 'packages/audit'],
  ['packages/openfeature', 'apps/server', 'apps/admin'],
  ['packages/cli'],
  ['apps/demo'],
];

/** These run where there is no Node: in browsers, in workers, in whatever evaluates a flag. */
const everywhere = ['packages/engine', 'packages/schema', 'packages/sdk-core', 'packages/browser', 'apps/admin/src'];

const tests = '\\.test(-kit)?\\.tsx?$';
const testTools = 'node_modules/(vitest|fast-check)/';
const anyOf = (folders) => `^(${folders.join('|')})/`;

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    ...rows.flatMap((row, index) => row.map((folder) => importsOnlyFromAbove(folder, rows.slice(index).flat()))),
    {
      name: 'the engine depends on nothing',
      severity: 'error',
      from: { path: '^packages/engine/src/', pathNot: [tests, '^packages/engine/src/matches'] },
      to: { pathNot: '^packages/engine/src/' },
    },
    {
      name: 'only matches knows the regular expression engine',
      severity: 'error',
      from: { path: '^packages/engine/src/matches', pathNot: tests },
      to: { pathNot: ['^packages/engine/src/', 'node_modules/re2js/'] },
    },
    {
      name: 'the admin UI has no server code, and meets SDKs only over the wire',
      severity: 'error',
      from: { path: '^apps/admin/' },
      to: { path: '^(apps|packages)/', pathNot: '^(apps/admin|packages/(engine|schema|shipment))/' },
    },
    {
      name: 'SDKs validate nothing: the server has',
      severity: 'error',
      from: { path: '^packages/(sdk-core|node|browser)/src/', pathNot: tests },
      to: { path: ['^packages/schema/', 'node_modules/(ajv|ajv-formats|typebox)/'] },
    },
    {
      name: 'what runs everywhere imports nothing of Node',
      severity: 'error',
      from: { path: anyOf(everywhere), pathNot: [tests, '\\.config\\.ts$'] },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'no package reaches into what crosses packages',
      severity: 'error',
      from: { path: '^(packages|apps)/' },
      to: { path: '^(test|scripts)/' },
    },
    { name: 'only tests use test tools', severity: 'error', from: { path: '/src/', pathNot: tests }, to: { path: testTools } },
    { name: 'no cycle', severity: 'error', from: {}, to: { circular: true } },
    { name: 'every import is found', severity: 'error', from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    tsPreCompilationDeps: true,
    doNotFollow: { path: ['node_modules', '/dist/'] },
    exclude: { path: '^(packages|apps)/[^/]+/dist/' },
    tsConfig: { fileName: 'tsconfig.base.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['@taffrail/source', 'import', 'types', 'node', 'default'],
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.json'],
    },
  },
};

function importsOnlyFromAbove(folder, notAbove) {
  return {
    name: `${folder} imports only from rows above its own`,
    severity: 'error',
    from: { path: `^${folder}/` },
    to: { path: anyOf(notAbove), pathNot: `^${folder}/` },
  };
}
