import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { DockerfileParser, type Instruction } from 'dockerfile-ast';

/** Where the units and the Dockerfile are. */
export const deployFolder = fileURLToPath(new URL('../../apps/server/deploy/', import.meta.url));
export const dockerfileText = readFileSync(`${deployFolder}Dockerfile`, 'utf8');

interface Stage {
  readonly runs: readonly string[];
  readonly copies: readonly { readonly fromStage: boolean; readonly source: string; readonly to: string }[];
}

/** What the Dockerfile says, so that a test can do it step by step where there is no Docker. */
export interface Image {
  readonly bases: readonly string[];
  readonly build: Stage;
  readonly final: Stage;
  readonly environment: Readonly<Record<string, string>>;
  readonly user: string;
  readonly volumes: readonly string[];
  readonly stopSignal: string;
  readonly entrypoint: readonly string[];
  readonly command: readonly string[];
  readonly health: readonly string[];
}

export function readDockerfile(): Image {
  const file = DockerfileParser.parse(dockerfileText);
  const froms = file.getFROMs().map((from) => from.getRange().start.line);
  const [, finalLine = 0] = froms;
  const all = file.getInstructions();
  const final = all.filter((one) => one.getRange().start.line >= finalLine);
  const one = (keyword: string) => argumentsOf(final.find((instruction) => instruction.getKeyword() === keyword));
  return {
    bases: file.getFROMs().map((from) => from.getImage() ?? ''),
    build: stageOf(all.filter((instruction) => instruction.getRange().start.line < finalLine)),
    final: stageOf(final),
    environment: Object.fromEntries(one('ENV').map((pair) => pair.split('=') as [string, string])),
    user: one('USER').join(' '),
    volumes: listOf(one('VOLUME')),
    stopSignal: one('STOPSIGNAL').join(' '),
    entrypoint: listOf(one('ENTRYPOINT')),
    command: listOf(one('CMD')),
    health: listOf(one('HEALTHCHECK').slice(1)),
  };
}

function stageOf(instructions: readonly Instruction[]): Stage {
  const of = (keyword: string) => instructions.filter((one) => one.getKeyword() === keyword);
  return {
    runs: of('RUN').map((run) => argumentsOf(run).join(' ')),
    copies: of('COPY').map((copy) => {
      const [source = '', to = ''] = argumentsOf(copy);
      return { fromStage: copy.getTextContent().includes(' --from=build '), source, to };
    }),
  };
}

const argumentsOf = (instruction: Instruction | undefined): string[] =>
  instruction?.getArguments().map((argument) => argument.getValue()) ?? [];

/** The exec form is a JSON array. */
const listOf = (words: readonly string[]): string[] => JSON.parse(words.join(' ')) as string[];
