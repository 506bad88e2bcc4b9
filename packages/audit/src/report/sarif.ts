import { createHash } from 'node:crypto';
import type { Audit } from '../audit.ts';
import { checks } from '../checks/index.ts';
import { suppressionAbout } from '../checks/suppress.ts';
import type { Finding } from '../judge.ts';
import type { Place } from '../reads/read.ts';
import { visibleJson } from './visible.ts';

const rules = [
  ...checks.map(({ name, about, severity }) => ({
    id: name,
    shortDescription: { text: about },
    defaultConfiguration: { level: severity },
  })),
  { id: 'suppression', shortDescription: { text: suppressionAbout }, defaultConfiguration: { level: 'warning' } },
];

/** SARIF 2.1.0, as code scanning services take it. */
export function sarifReport({ findings, notices }: Audit): string {
  const log = {
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'taffrail audit', rules } },
        columnKind: 'utf16CodeUnits',
        invocations: [
          {
            executionSuccessful: true,
            toolExecutionNotifications: notices.map(({ file, sentence }) => ({
              level: 'note',
              message: { text: sentence },
              locations: [{ physicalLocation: { artifactLocation: artifact(file) } }],
            })),
          },
        ],
        results: findings.map(resultOf),
      },
    ],
  };
  return visibleJson(log);
}

function resultOf(finding: Finding) {
  const { check, severity, message, place, related = [] } = finding;
  return {
    ruleId: check,
    ruleIndex: rules.findIndex(({ id }) => id === check),
    level: severity,
    message: { text: message },
    ...(place ? { locations: [locationOf(place)] } : {}),
    ...(related.length === 0 ? {} : { relatedLocations: related.map((one, index) => ({ id: index, ...locationOf(one) })) }),
    partialFingerprints: { 'taffrail/v1': fingerprint(finding) },
  };
}

function locationOf({ file, line, column, endLine, endColumn }: Place) {
  const region = { startLine: line, startColumn: column, endLine, endColumn };
  return { physicalLocation: { artifactLocation: artifact(file), region } };
}

const artifact = (file: string) => ({ uri: file.split('/').map(encodeURIComponent).join('/') });

/** The same for the same finding when lines above it come and go. */
function fingerprint({ check, key, place, message }: Finding): string {
  return createHash('sha256')
    .update(JSON.stringify([check, key ?? message, place?.file ?? null]))
    .digest('hex')
    .slice(0, 32);
}
