import { type Flag, needsOf, type Rule } from '@taffrail/engine';
import { turnedOff } from '../layers.ts';

/**
 * What a release says of one flag. `on` serves one variant to everyone who meets the flag's prerequisites; `dark` is off; `opt-in`
 * is off until a site turns it on; `rules` ships the flag as it is, with its rules.
 */
export type PolicyEntry = {
  /** The flag as hosted SDKs have it. Of its rules and pins nothing is shipped, unless the policy is `rules`; of its notes nothing ever is. */
  readonly flag: Flag;
  /** For people at the site: owner, stage, and who approved. */
  readonly facts?: { readonly [name: string]: string | number | boolean };
  /** Whether a site may override it; absent: it may. */
  readonly overridable?: boolean;
} & ({ readonly policy: 'on'; readonly variant: string } | { readonly policy: 'dark' | 'opt-in' | 'rules' });

/** The line of a flag in a release. */
export function releasedLine(entry: PolicyEntry): Flag {
  const { policy, facts, overridable = true } = entry;
  return { ...served(entry), metadata: { ...facts, layer: 'shipment', source: policy, overridable } };
}

function served(entry: PolicyEntry): Flag {
  const { flag, policy } = entry;
  if (policy === 'rules') return plain(flag);
  const { key, type, variants, off, salt, prerequisites } = flag;
  const bare: Flag = {
    key,
    type,
    on: true,
    variants,
    ...(off !== undefined && { off }),
    salt,
    fallthrough: { codeDefault: true },
  };
  if (policy !== 'on') return turnedOff(policy)(bare);
  return plain({
    ...bare,
    fallthrough: { variant: entry.variant },
    ...(prerequisites && { prerequisites }),
    needs: flag.needs ?? [],
  });
}

/** Without what a process lays over it and what people note down, and with the needs of what is left. */
function plain(flag: Flag): Flag {
  const { overrides: _, needs = [], rules, ...rest } = flag;
  const line: Flag = { ...rest, ...(rules && { rules: rules.map(withoutNote) }) };
  const others = needs.filter((need) => !/^(op|hash):/.test(need));
  const all = [...needsOf(line), ...others];
  return all.length > 0 ? { ...line, needs: all } : line;
}

function withoutNote(rule: Rule): Rule {
  const { note: _, ...rest } = rule;
  return rest;
}
