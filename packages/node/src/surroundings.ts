/** What the process was started with. */
export const environmentVariables = (): Readonly<Record<string, string | undefined>> => process.env;
