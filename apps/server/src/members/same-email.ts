/** One spelling for each address, so that nobody is two people. */
export const sameEmail = (email: string): string => email.trim().toLowerCase();
