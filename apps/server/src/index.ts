export { serve } from './serve.ts';
export type { Served, ServeOptions } from './serve.ts';
export { readConfig, ConfigError } from './config.ts';
export type { Config, LogLevel } from './config.ts';
export { jsonLog, lineLog } from './log.ts';
export type { Log } from './log.ts';
export { signInLink } from './sign-in-link.ts';
export type { SignInLink, SignInLinkOptions } from './sign-in-link.ts';
export { AppError } from './changes/app-error.ts';
