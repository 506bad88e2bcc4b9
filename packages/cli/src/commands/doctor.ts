import { doctorBundle } from '../doctor-bundle.ts';
import { checksOf } from '../doctor-checks.ts';
import { type DoctorFacts, doctorFacts } from '../doctor-facts.ts';
import { doctorText } from '../doctor-words.ts';
import { Failure } from '../failure.ts';
import { answer, row, type Answer, type Call } from '../row.ts';
import { writeNew } from '../shipment-files.ts';
import { offList, siteNamed, siteOptions, type SiteOptions } from '../site-here.ts';
import { version } from '../version.ts';

interface Asked extends SiteOptions {
  readonly bundle?: string;
  readonly redact?: true;
}

/** Whether all is as it should be at a customer's site. */
export const doctorRows = [
  row<Asked, 'machine'>({
    name: 'doctor',
    about: "Look whether all is as it should be at a customer's site, and say what to do",
    more: [
      'No network and no server is asked, and nothing of the site is changed. Exit code 1 means that something is wrong.',
      "--bundle writes all of it as one file for the vendor's support: checks, override entries, and what each flag serves by which",
      'layer. It holds no key and no token; --redact leaves out what people noted in the override file, and paths.',
    ].join('\n'),
    example: 'doctor --site /var/lib/acme/flags --package /opt/acme/package',
    reach: 'machine',
    options: [
      ...siteOptions,
      { flags: '--override <file>', about: 'the override file (TAFFRAIL_OVERRIDE_FILE)' },
      { flags: '--off <flags>', about: 'the flags that are turned off (TAFFRAIL_OFF)', parse: offList },
      { flags: '--bundle <file>', about: "write a file for the vendor's support" },
      { flags: '--redact', about: 'leave reason, ticket, set_by, set_on and paths out of it' },
    ],
    run: (call) => doctor(call),
  }),
];

async function doctor({ input, terminal }: Call<Asked, 'machine'>): Promise<Answer> {
  const looked = siteNamed(input, terminal.env);
  if (!looked)
    throw new Failure('USAGE', 'Say which site: --site FOLDER, --package FOLDER or both (TAFFRAIL_SITE, TAFFRAIL_PACKAGE).');
  if (input.redact && input.bundle === undefined) throw new Failure('USAGE', '--redact is for --bundle FILE: add it.');
  const facts = await doctorFacts({ looked, options: input, terminal, nowMs: Date.now(), version });
  const checks = checksOf(facts);
  const exitCode = checks.some(({ level }) => level === 'wrong') ? 1 : 0;
  if (input.bundle === undefined) return answer({ checks }, (shown, paint) => doctorText(shown.checks, paint), { exitCode });
  const redacted = input.redact ?? false;
  const bundle = await doctorBundle(facts, redacted ? checksOf(unquoted(facts)) : checks, redacted);
  await writeNew(input.bundle, asBytes(`${JSON.stringify(bundle, undefined, 2)}\n`), { isSecret: true });
  const said = { checks, bundle: input.bundle };
  return answer(said, (shown, paint) => `${doctorText(shown.checks, paint)}\nWritten: ${shown.bundle}`, { exitCode });
}

/** Without what mistakes in the override file quote of it: the places remain. */
const unquoted = (facts: DoctorFacts): DoctorFacts => ({
  ...facts,
  here: {
    ...facts.here,
    refused: facts.here.refused.map((problem) => ({ ...problem, message: 'a mistake, whose words are left out' })),
  },
});

/** One character a byte, as files are written here. */
const asBytes = (text: string): string => Buffer.from(text).toString('latin1');
