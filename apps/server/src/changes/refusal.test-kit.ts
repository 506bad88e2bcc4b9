import { AppError } from './app-error.ts';

/** How an act was refused. An act that is not refused, or throws anything else, is a fault. */
export function refusal(act: () => unknown): AppError {
  try {
    act();
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
  throw new Error('was not refused');
}
