import type { ReactNode } from 'react';
import type { Scope } from '../api/scope.ts';
import { useEnvironments } from '../flags/use-environments.ts';
import { Table } from '../ui/page.tsx';
import pageStyles from '../ui/page.module.css';
import { inForce } from './answer-text.ts';
import type { CodeFacts } from './code-facts.ts';
import { cutWords, layerNames, valueNames } from './site-words.ts';

/** One flag, as the site has it and as the vendor does, beside each other. */
export function FlagSides({ scope, facts }: { readonly scope: Scope; readonly facts: CodeFacts }) {
  const { code, release, entry, newest, hosted, backOuts, removed } = facts;
  const environments = useEnvironments(scope) ?? [];
  return (
    <Table label="The flag, site and vendor" head={['Where', 'What it is', 'Why']}>
      <Side name="At the site" value={valueNames[code.value]} why={layerNames[code.layer]} />
      {entry && <Side name={`${release?.release} as cut`} value={cutWords[entry.why].value} why={cutWords[entry.why].because} />}
      {removed && <Side name={`Removed in ${removed.in}`} value={removed.now} why="the code reads it no more" />}
      {entry && newest && (
        <Side
          name={`Newest shipment, r${newest.revision}`}
          value={entry.summary}
          why={newest.revision === code.revision ? 'the site has it' : `not at the site yet: ${newest.reason}`}
        />
      )}
      {backOuts.map((backOut) => (
        <Side
          key={backOut.key}
          name={`${backOut.key}, ${backOut.severity}`}
          value={inForce(facts).includes(backOut) ? 'in force at the site' : 'not at the site yet'}
          why={backOut.reason}
        />
      ))}
      {environments.map(({ key, name }) => (
        <Side
          key={key}
          name={`Hosted, ${name}`}
          value={hosted?.environments[key]?.summary ?? 'not there'}
          why={hosted ? (hosted.environments[key]?.locked ? 'killed' : '') : 'the project has it no more'}
        />
      ))}
    </Table>
  );
}

function Side({ name, value, why }: { readonly name: string; readonly value: ReactNode; readonly why: ReactNode }) {
  return (
    <tr>
      <td className={pageStyles.strong}>{name}</td>
      <td>{value}</td>
      <td className={pageStyles.dim}>{why}</td>
    </tr>
  );
}
