/** What a run tells the shell. Trouble outweighs findings: a check that was not whole has not passed or failed. */
export const EXIT_CODES = { clean: 0, findings: 1, trouble: 2, nothing: 3 } as const;

export type ExitCode = (typeof EXIT_CODES)[keyof typeof EXIT_CODES];
