/** The exit codes of the public contract. */
export const ExitCode = {
  done: 0,
  /** A file cannot be read or is no capture. */
  unreadable: 1,
  usage: 2,
  /** A diagnostic as severe as `--fail-on` says was reported. */
  found: 3,
} as const;
export type ExitCode = (typeof ExitCode)[keyof typeof ExitCode];

/** The command line is wrong; the message says what and what is allowed. */
export class UsageError extends Error {}
