import { expect, it } from 'vitest';
import * as core from './index.ts';
import * as matches from './matches.ts';
import * as network from './network.ts';
import * as versions from './versions.ts';

it('exports these names and no others', () => {
  expect(Object.keys(core).sort()).toMatchInlineSnapshot(`
    [
      "FORMAT",
      "addDigest",
      "bucketOf",
      "capabilities",
      "checksumOf",
      "combineRows",
      "compile",
      "coreRows",
      "digestOf",
      "evaluate",
      "evaluateAll",
      "explain",
      "formatHeader",
      "formatItem",
      "formatLine",
      "formatSnapshot",
      "hashedLiteral",
      "hideComparison",
      "hidePin",
      "hideSegment",
      "needsOf",
      "parseHeader",
      "parseItem",
      "parseSnapshot",
      "partsOf",
      "referencedFlags",
      "referencedSegments",
      "resolve",
      "reweigh",
      "rollout",
      "shareOf",
      "subDigest",
      "update",
    ]
  `);
  expect([versions, network, matches].map((entry) => Object.keys(entry).sort())).toMatchInlineSnapshot(`
    [
      [
        "compareVersions",
        "parseVersion",
        "parseVersionRange",
        "versionRows",
      ],
      [
        "networkRows",
      ],
      [
        "matchesRows",
      ],
    ]
  `);
});

it('lists what an engine is able to do', () => {
  const rows = core.combineRows(core.coreRows, versions.versionRows);
  expect(core.capabilities(rows)).toContain('op:version_is');
  expect(core.capabilities(rows)).toContain('hash:native');
  expect(core.capabilities(core.coreRows)).not.toContain('op:version_is');
});

it('combines rows, the later of two with one name', () => {
  const is = { ...core.coreRows.operators.is, label: 'mine' };
  const rows = core.combineRows(core.coreRows, { operators: { is } });
  expect(rows.operators['is']).toBe(is);
  expect(rows.operators['glob']).toBe(core.coreRows.operators.glob);
  expect(rows.hashes['native']).toBe(core.coreRows.hashes.native);
});
